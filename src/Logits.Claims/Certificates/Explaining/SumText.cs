using System.Text.RegularExpressions;

namespace Logits.Claims.Certificates.Explaining;

/// <summary>Sums in text, as a reader writes them.</summary>
internal static partial class SumText
{
    private const string Opening = "sum(k: ";

    /// <summary><c>sum(exp(x))</c> for <c>sum(k: exp(x[k]))</c>, wherever k is nothing but the position of entries.</summary>
    public static string WithoutIndices(string text)
    {
        int start = text.LastIndexOf(Opening, StringComparison.Ordinal);
        if (start < 0)
        {
            return text;
        }
        int end = Closing(text, start + Opening.Length);
        string body = text[(start + Opening.Length)..end];
        string bare = body.Replace("[k]", "", StringComparison.Ordinal);
        // What is inside has been looked at before; marked, so that it is not looked at again.
        string sum = bare == body || Index().IsMatch(bare) || InnerSum().IsMatch(bare) ? $"sum\u0001k: {body})" : $"sum({bare})";
        string whole = WithoutIndices($"{text[..start]}{sum}{text[(end + 1)..]}");
        return whole.Replace('\u0001', '(');
    }

    private static int Closing(string text, int from)
    {
        int depth = 1;
        for (int i = from; i < text.Length; i++)
        {
            depth += text[i] is '(' or '\u0001' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }
        throw new ArgumentException($"the text has an open parenthesis: {text}", nameof(text));
    }

    [GeneratedRegex(@"\bk\b")]
    private static partial Regex Index();

    [GeneratedRegex(@"sum[(\u0001][A-Za-z]+: ")]
    private static partial Regex InnerSum();
}
