using System.Runtime.InteropServices;
using Logits.Cli;
using Logits.Cli.Terminal;

using Screen screen = Screen.OfProcess();
using CancellationTokenSource cancellation = new();
bool terminated = false;

void Cancel(PosixSignalContext signal)
{
    // The second signal is left to the system, which ends the process at once.
    signal.Cancel = !cancellation.IsCancellationRequested;
    if (signal.Cancel)
    {
        terminated = signal.Signal == PosixSignal.SIGTERM;
        // First, so that whoever reads the note and signals again is heard.
        cancellation.Cancel();
        screen.NoteOverProgress("Stopping. Once more ends at once.");
    }
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);

int code = Application.Run(args, screen, cancellation.Token);
// As a shell has it: 128 and the number of the signal.
return code == ExitCode.Cancelled && terminated ? ExitCode.Terminated : code;
