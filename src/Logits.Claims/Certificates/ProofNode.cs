using System.Text.Json.Serialization;

namespace Logits.Claims.Certificates;

/// <summary>
/// A step of a proof, as a document: nothing but names, numbers and expressions of the claim language in text. What a step
/// means is said here; that it holds is for the checker to find.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "by")]
[JsonDerivedType(typeof(CasesNode), "cases")]
[JsonDerivedType(typeof(DirectionsNode), "directions")]
[JsonDerivedType(typeof(ComparisonsNode), "comparisons")]
[JsonDerivedType(typeof(ContradictionNode), "contradiction")]
[JsonDerivedType(typeof(IdentityNode), "identity")]
[JsonDerivedType(typeof(SignNode), "sign")]
[JsonDerivedType(typeof(ReversedNode), "reversed")]
[JsonDerivedType(typeof(UndefinedNode), "undefined")]
[JsonDerivedType(typeof(CombinationNode), "combination")]
[JsonDerivedType(typeof(ExponentialNode), "exponential")]
[JsonDerivedType(typeof(LogBoundNode), "logarithm bound")]
[JsonDerivedType(typeof(MonotoneNode), "monotone")]
[JsonDerivedType(typeof(DoubleSumNode), "double sum")]
internal abstract record ProofNode;

/// <summary>
/// The claim holds in each of the cases, and one of them is always the case. Where permuting the positions changes nothing about the claim, one stands for all
/// that it goes into.
/// </summary>
/// <param name="Of">What is distinguished: <c>index</c> and <c>onehot</c> by the value of the variable, <c>maximum</c> by which candidate is at
/// least as large as the others, <c>ties</c> by which candidates are equal and larger than the others, <c>sign</c> by that of the candidate.</param>
/// <param name="Variable">The variable whose values are gone through, where it is one.</param>
/// <param name="Candidates">The expressions compared, else empty.</param>
/// <param name="Branches">The cases.</param>
internal sealed record CasesNode(string Of, string? Variable, IReadOnlyList<string> Candidates, IReadOnlyList<Branch> Branches) : ProofNode;

/// <summary>One case: the positions of the candidates chosen (or the value of the variable, or the sign), counted from 1.</summary>
/// <param name="Chosen">The choice.</param>
/// <param name="Substitutions">Symbols that the case's equations give in terms of others.</param>
/// <param name="Proof">The proof in this case.</param>
internal sealed record Branch(IReadOnlyList<int> Chosen, IReadOnlyList<Substitution> Substitutions, ProofNode Proof);

/// <summary>A symbol is equal to an expression without it.</summary>
internal sealed record Substitution(string Symbol, string Value);

/// <summary>An equivalence, by an implication each way.</summary>
internal sealed record DirectionsNode(ProofNode Forward, ProofNode Backward) : ProofNode;

/// <summary>The hypotheses' equations solved for symbols, then each scalar comparison of the conclusion in turn.</summary>
internal sealed record ComparisonsNode(IReadOnlyList<Substitution> Substitutions, IReadOnlyList<ProofNode> Proofs) : ProofNode;

/// <summary>
/// The hypotheses cannot all hold here: either their signs exclude each other (no proof attached), or the scalar comparison with this number, among
/// those that the hypotheses make, fails because left &lt; right (or right &lt; left, where <paramref name="Reversed"/>).
/// </summary>
internal sealed record ContradictionNode(IReadOnlyList<Substitution> Substitutions, int? Hypothesis, bool Reversed, ProofNode? Proof) : ProofNode;

/// <summary>Both sides have the same normal form.</summary>
internal sealed record IdentityNode : ProofNode;

/// <summary>The sign of right − left can be read off its terms and the facts at hand.</summary>
internal sealed record SignNode : ProofNode;

/// <summary>Two sides that are claimed to differ do, because right &lt; left.</summary>
internal sealed record ReversedNode(ProofNode Proof) : ProofNode;

/// <summary>Something in the claim is not defined in this case of a sign, so that the claim says nothing there.</summary>
internal sealed record UndefinedNode : ProofNode;

/// <summary>A product of factors that are not negative, a square perhaps, and a positive coefficient.</summary>
internal sealed record Product(string Coefficient, IReadOnlyList<string> Factors, string? Square);

/// <summary>Multiplier · (right − left) = Σ products, the multiplier positive.</summary>
internal sealed record CombinationNode(string Multiplier, IReadOnlyList<Product> Products) : ProofNode;

/// <summary>A positive number as Π base^power · exp(exponent).</summary>
internal sealed record PowerProduct(IReadOnlyList<BasePower> Powers, string Exponent);

/// <summary>base^power.</summary>
internal sealed record BasePower(string Base, string Power);

/// <summary>Multiplier · (right − left) = log(ratio), the multiplier positive, and the difference, a combination or a double sum, is of the ratio and 1.</summary>
internal sealed record ExponentialNode(string Multiplier, PowerProduct Ratio, ProofNode Difference) : ProofNode;

/// <summary>Multiplier · (right − left) = rest + Σ weight · log(argument) ≥ rest + Σ weight · (1 − 1/argument), which the combination shows not to be negative.</summary>
internal sealed record LogBoundNode(string Multiplier, string Rest, IReadOnlyList<WeightedLog> Terms, CombinationNode Bound) : ProofNode;

/// <summary>weight · log(argument), the weight not negative; where n is left open perhaps summed over an index.</summary>
internal sealed record WeightedLog(string Weight, PowerProduct Argument, string? Index = null);

/// <summary>One side is <paramref name="Function"/> at <paramref name="From"/>, the other at <paramref name="To"/> ≥ From, and the function's derivative by
/// the parameter has one sign between: that of the comparison 0 ≤ ±derivative which is proved.</summary>
internal sealed record MonotoneNode(string Function, string Parameter, string From, string To, bool Increasing, ProofNode Derivative) : ProofNode;

/// <summary>Multiplier · (right − left) = Σ_k Σ_l of the body over all pairs of entries, and the combination shows that the body, symmetrised, is not negative.</summary>
internal sealed record DoubleSumNode(string Multiplier, string Body, IReadOnlyList<Product> Products) : ProofNode;
