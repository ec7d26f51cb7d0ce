using Logits.Claims.Language;

namespace Logits.Claims.Tests.Certificates;

/// <summary>An identity says what its sides are, multiplied out, as claims that hold on their own.</summary>
public sealed class ExplanationTests
{
    [Theory]
    [InlineData("softmax(x + b) == softmax(x)")]
    [InlineData("hessian(lse)(x) == cov(softmax(x))")]
    [InlineData("hessian(xent(y, o))(o) == diag(softmax(o)) - outer(softmax(o), softmax(o))")]
    [InlineData("lse(x + b) == lse(x) + b")]
    [InlineData("softmax(2*logsoftmax(x/T)) == softmax(x/(T/2))")]
    public void An_identity_is_multiplied_out(string text)
    {
        var proved = Assert.IsType<Proved>(Decider.Decide(Claim.Parse(text)));
        string[] claims = [.. proved.Explanation.Select(step => step.Claim).OfType<string>()];
        Assert.NotEmpty(claims);
        Assert.All(claims, claim => Assert.IsType<Proved>(Decider.Decide(Claim.Parse(claim))));
    }
}
