using Logits.Claims.Certificates.Checking;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;
using Logits.Claims.Proving.OpenSize;

namespace Logits.Claims.Certificates.Explaining;

/// <summary>One case of a proof, in which expressions can be multiplied out. What it gives is for a reader, who gets it as a claim that is decided.</summary>
internal abstract class CaseView(Claim claim)
{
    protected Claim Claim { get; } = claim;

    public static CaseView Of(Claim claim, int? size) => size is null && claim.Sizes is not null
        ? new OpenCaseView(new OpenSituation(claim))
        : new FixedCaseView(Situation.At(claim, size ?? 1));

    /// <summary>A scalar expression in powers of exponentials over one denominator; null where that cannot be said.</summary>
    public Quotient? Value(Expression expression)
    {
        try
        {
            return Evaluate(expression);
        }
        catch (Exception open) when (open is UndefinedException or NeedsCaseException or NeedsLargestException or RejectedException or InvalidCastException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>An expression of the certificate.</summary>
    public Quotient? Value(string text) => Value(CertificateText.Expression(text, Claim, null));

    public abstract CaseView Choose(string variable, string position);

    /// <summary>The case with the position of a largest entry named, where the statement has a maximum.</summary>
    public abstract CaseView NameLargest(Statement statement);

    /// <summary>The case with a symbol replaced.</summary>
    public abstract CaseView Substitute(Substitution substitution);

    /// <summary>The case with the sign of an expression of the certificate known.</summary>
    public CaseView Assume(string expression, Signs signs) => Value(expression) is { } value ? Assume(value, signs) : this;

    protected abstract CaseView Assume(Quotient quotient, Signs signs);

    protected abstract Quotient Evaluate(Expression expression);
}

internal sealed class FixedCaseView(Situation situation) : CaseView(situation.Claim)
{
    public override CaseView Choose(string variable, string position) =>
        new FixedCaseView(situation.Choose(variable, int.Parse(position, System.Globalization.CultureInfo.InvariantCulture)));

    public override CaseView NameLargest(Statement statement) => this;

    public override CaseView Substitute(Substitution substitution) =>
        Value(substitution.Value) is { } value ? new FixedCaseView(situation.Substitute(substitution.Symbol, value)) : this;

    protected override CaseView Assume(Quotient quotient, Signs signs) => new FixedCaseView(situation.Assume(quotient, signs));

    protected override Quotient Evaluate(Expression expression) =>
        situation.Evaluator(new ExactArithmetic(situation.Facts)).Evaluate(expression) is { Kind: Kind.Scalar } value
            ? value.Number
            : throw new UndefinedException($"{expression} is no number");
}

internal sealed class OpenCaseView(OpenSituation situation) : CaseView(situation.Claim)
{
    public override CaseView Choose(string variable, string position) => new OpenCaseView(situation.Choose(variable, position));

    public override CaseView NameLargest(Statement statement)
    {
        try
        {
            _ = OpenGoals.Of(statement, new(situation, new ExactArithmetic(situation.Facts)), situation, forgiving: false).Count();
            return this;
        }
        catch (NeedsLargestException needed)
        {
            return new OpenCaseView(situation.NameLargest(needed.Entry).Situation);
        }
        catch (Exception open) when (open is UndefinedException or NeedsCaseException)
        {
            return this;
        }
    }

    public override CaseView Substitute(Substitution substitution) => this;

    protected override CaseView Assume(Quotient quotient, Signs signs) =>
        quotient.IsPolynomial ? new OpenCaseView(situation.With(situation.Facts.With(quotient.Numerator, signs))) : this;

    protected override Quotient Evaluate(Expression expression) => new OpenEvaluator(situation, new ExactArithmetic(situation.Facts)).Scalar(expression);
}
