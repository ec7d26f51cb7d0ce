namespace Logits.Claims.Certificates.Checking;

/// <summary>The signs that a quantity may have, as the checker keeps them.</summary>
internal readonly record struct SignSet(bool Minus, bool Zero, bool Plus)
{
    public static SignSet Unknown => new(true, true, true);

    public static SignSet Positive => new(false, false, true);

    public static SignSet NotNegative => new(false, true, true);

    public static SignSet NotZero => new(true, false, true);

    public static SignSet Nil => new(false, true, false);

    public bool IsEmpty => !Minus && !Zero && !Plus;

    public SignSet Flip => new(Plus, Zero, Minus);

    public bool Implies(SignSet other) => (!Minus || other.Minus) && (!Zero || other.Zero) && (!Plus || other.Plus);

    public SignSet And(SignSet other) => new(Minus && other.Minus, Zero && other.Zero, Plus && other.Plus);

    public SignSet Times(SignSet other) => new(
        (Minus && other.Plus) || (Plus && other.Minus), Zero || other.Zero, (Plus && other.Plus) || (Minus && other.Minus));

    public static SignSet Of(int sign) => sign > 0 ? Positive : sign < 0 ? Positive.Flip : Nil;
}
