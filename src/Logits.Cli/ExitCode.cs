namespace Logits.Cli;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int AnswerIsNo = 1;
    public const int BadInput = 2;
    public const int Unfinished = 3;
    public const int NoFiniteOptimum = 4;
    public const int Internal = 70;
    public const int Cancelled = 130;
    public const int Terminated = 143;
}
