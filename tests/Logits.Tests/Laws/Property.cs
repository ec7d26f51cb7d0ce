using CsCheck;

namespace Logits.Tests.Laws;

/// <summary>Properties over cases that are all drawn from one seed: the same cases in every run.</summary>
internal static class Property
{
    public static void Always<T>(this Gen<T> cases, Action<T> law, string seed, int count) => cases.Array[count].Sample(drawn =>
    {
        foreach (T c in drawn)
            law(c);
    }, seed: seed, iter: 1, threads: 1);

    public static void Always<A, B>(this Gen<(A, B)> cases, Action<A, B> law, string seed, int count) => cases.Always(c => law(c.Item1, c.Item2), seed, count);
}
