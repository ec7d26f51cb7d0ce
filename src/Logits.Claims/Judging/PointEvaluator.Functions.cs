using Logits.Claims.Evaluating;
using Logits.Claims.Judging.Numbers;
using Logits.Claims.Language;

namespace Logits.Claims.Judging;

/// <content>The functions of the language, each by its definition.</content>
internal sealed partial class PointEvaluator
{
    private Value<Real> Apply(Function function, Value<Real>[] arguments)
    {
        Value<Real> v = arguments[0];
        meter.Charge(_stepCost * arguments.Sum(argument => argument.Entries.Length));
        switch (function)
        {
            case Function.Lse:
                return Value<Real>.Scalar(LogSumExp(v.Entries));
            case Function.Softmax:
                Real lse = LogSumExp(v.Entries);
                Real[] exponentials = [.. v.Entries.Select(entry => entry is Approximate ? (entry - lse).Exp() : entry.Exp())];
                Real total = Sum(exponentials);
                return v.Entries[0] is Approximate ? Value<Real>.Vector(exponentials) : Value<Real>.Vector([.. exponentials.Select(entry => entry / total)]);
            case Function.LogSoftmax:
                Real partition = LogSumExp(v.Entries);
                return v.Map(entry => entry - partition);
            case Function.Softmin:
                return Value<Real>.Scalar(-LogSumExp([.. v.Entries.Select(entry => -entry)]));
            case Function.RealSoftmax:
                return Value<Real>.Scalar(LogSumExp([v.Number, arguments[1].Number]));
            case Function.Max:
                return Value<Real>.Scalar(Real.Max(v.Entries));
            case Function.Min:
                return Value<Real>.Scalar(-Real.Max([.. v.Entries.Select(entry => -entry)]));
            case Function.ArgmaxIndicator:
                return Value<Real>.Vector(ArgmaxIndicator(v.Entries));
            case Function.Sum:
                return Value<Real>.Scalar(Sum(v.Entries));
            case Function.Exp:
                return v.Map(entry => entry.Exp());
            case Function.Log:
                return v.Map(entry => entry.Log());
            case Function.Dot:
                return Value<Real>.Scalar(Dot(v, arguments[1]));
            case Function.Entropy:
                return Value<Real>.Scalar(-Sum(v.Entries.Select(p => TimesLog(p, p))));
            case Function.CrossEntropy:
                return Value<Real>.Scalar(LogSumExp(arguments[1].Entries) - Dot(v, arguments[1]));
            case Function.KullbackLeibler:
                return Value<Real>.Scalar(Sum(v.Entries.Zip(arguments[1].Entries, (p, q) => TimesLog(p, p) - TimesLog(p, q))));
            case Function.Covariance:
                return Value<Real>.Matrix(v.Rows, (i, j) => (i == j ? v.Entries[i] : constant(0)) - (v.Entries[i] * v.Entries[j]));
            case Function.Diag when v.Kind == Kind.Vector:
                return Value<Real>.Matrix(v.Rows, (i, j) => i == j ? v.Entries[i] : constant(0));
            case Function.Diag:
                return Value<Real>.Vector([.. Enumerable.Range(0, v.Rows).Select(i => v[i, i])]);
            case Function.Transpose:
                return Value<Real>.Matrix(v.Rows, (i, j) => v[j, i]);
            case Function.Outer:
                return Value<Real>.Matrix(v.Rows, (i, j) => v.Entries[i] * arguments[1].Entries[j]);
            case Function.Quad:
                return Value<Real>.Scalar(Dot(Times(v, arguments[1]), arguments[1]));
            case Function.Append:
                return Value<Real>.Vector([.. v.Entries, arguments[1].Number]);
            default:
                return Value<Real>.Scalar(Real.Unknown);
        }
    }

    private Value<Real> Unit(int position, int entries) => position < 1 || position > entries
        ? Value<Real>.Scalar(Real.Unknown)
        : Value<Real>.Vector([.. Enumerable.Range(1, entries).Select(k => constant(k == position ? 1 : 0))]);

    private Real Sum(IEnumerable<Real> terms) => terms.Aggregate(constant(0), (sum, term) => sum + term);

    private Real Dot(Value<Real> u, Value<Real> v) => Sum(u.Entries.Zip(v.Entries, (a, b) => a * b));

    private Value<Real> Times(Value<Real> matrix, Value<Real> vector) =>
        Value<Real>.Vector([.. Enumerable.Range(0, matrix.Rows).Select(i => Sum(vector.Entries.Select((entry, j) => matrix[i, j] * entry)))]);

    /// <summary>log Σ exp, of doubles with the largest taken out.</summary>
    private Real LogSumExp(IReadOnlyList<Real> entries)
    {
        if (entries.All(entry => entry is Approximate))
        {
            double max = entries.Max(entry => ((Approximate)entry).Value);
            return new Approximate(max + Math.Log(entries.Sum(entry => Math.Exp(((Approximate)entry).Value - max))));
        }
        return Sum(entries.Select(entry => entry.Exp())).Log();
    }

    /// <summary>p·log q, and 0 where p = 0.</summary>
    private Real TimesLog(Real p, Real q) => p.Sign == 0 ? constant(0) : p * q.Log();

    private Real[] ArgmaxIndicator(Real[] entries)
    {
        Real max = Real.Max(entries);
        int?[] signs = [.. entries.Select(entry => (entry - max).Sign)];
        int ties = signs.Count(sign => sign == 0);
        return [.. signs.Select(sign => signs.Contains(null) || ties == 0 ? Real.Unknown : constant(sign == 0 ? new Rational(1, ties) : 0))];
    }
}
