namespace Logits.Claims.Language;

/// <summary>
/// The functions of the claim language. Sums run over the entries; v is any vector, p and q are meant as distributions, o as logits.
/// <list type="table">
/// <listheader><term>name</term><description>meaning; where it is defined</description></listheader>
/// <item><term>lse(v)</term><description>log Σ exp v_j; everywhere</description></item>
/// <item><term>softmax(v)</term><description>the vector exp v_i / Σ exp v_j; everywhere</description></item>
/// <item><term>logsoftmax(v)</term><description>the vector v_i − lse(v); everywhere</description></item>
/// <item><term>realsoftmax(a, b)</term><description>log(exp a + exp b) of two scalars; everywhere</description></item>
/// <item><term>softmin(v)</term><description>the scalar −lse(−v); everywhere</description></item>
/// <item><term>max(v), min(v)</term><description>largest, smallest entry</description></item>
/// <item><term>argmaxind(v)</term><description>the vector that is 1/m at each of the m entries equal to max(v) and 0 elsewhere: the limit of
/// softmax(v/T) for T → 0+</description></item>
/// <item><term>sum(v)</term><description>Σ v_j</description></item>
/// <item><term>dot(u, v)</term><description>Σ u_j v_j</description></item>
/// <item><term>exp(a)</term><description>exponential, entry by entry</description></item>
/// <item><term>log(a)</term><description>natural logarithm, entry by entry; defined where every entry is positive</description></item>
/// <item><term>entropy(p)</term><description>−Σ p_j log p_j with 0 log 0 = 0; defined where every entry is ≥ 0</description></item>
/// <item><term>xent(y, o)</term><description>lse(o) − Σ y_j o_j: the cross-entropy of the label y (Σ y_j = 1) under the <em>logits</em> o; everywhere</description></item>
/// <item><term>kl(p, q)</term><description>Σ p_j log(p_j / q_j), a term with p_j = 0 being 0; defined where every p_j ≥ 0 and q_j &gt; 0 wherever p_j &gt; 0</description></item>
/// <item><term>cov(p)</term><description>the matrix diag(p) − outer(p, p): the covariance of a one-hot draw from p</description></item>
/// <item><term>onehot(i)</term><description>the vector that is 1 at i and 0 elsewhere</description></item>
/// <item><term>quad(M, v)</term><description>Σ_i Σ_j v_i M_ij v_j</description></item>
/// <item><term>diag(v)</term><description>of a vector, the matrix with v on its diagonal and 0 elsewhere; of a matrix, the vector of its diagonal</description></item>
/// <item><term>outer(u, v)</term><description>the matrix u_i v_j</description></item>
/// <item><term>transpose(M)</term><description>the matrix M_ji</description></item>
/// <item><term>append(v, a)</term><description>the vector of size + 1 with the scalar a after the entries of v</description></item>
/// </list>
/// Read as something else while parsing, so that no syntax tree holds them: a function of one vector given two or more scalars
/// (<c>max(a, b)</c> is <c>max([a, b])</c>), <c>abs(a)</c> = max([a, −a]), <c>sqrt(a)</c> = a^(1/2), <c>logistic(a)</c> = 1/(1 + exp(−a)),
/// <c>uᵀ*v</c> = dot(u, v), <c>u*vᵀ</c> = outer(u, v).
/// </summary>
public enum Function
{
    /// <summary>log Σ exp v_j.</summary>
    Lse,

    /// <summary>exp v_i / Σ exp v_j.</summary>
    Softmax,

    /// <summary>v_i − lse(v).</summary>
    LogSoftmax,

    /// <summary>log(exp a + exp b).</summary>
    RealSoftmax,

    /// <summary>−lse(−v).</summary>
    Softmin,

    /// <summary>Smallest entry.</summary>
    Min,

    /// <summary>Largest entry.</summary>
    Max,

    /// <summary>Uniform over the largest entries, 0 elsewhere.</summary>
    ArgmaxIndicator,

    /// <summary>Σ v_j.</summary>
    Sum,

    /// <summary>Σ u_j v_j.</summary>
    Dot,

    /// <summary>Exponential, entry by entry.</summary>
    Exp,

    /// <summary>Natural logarithm, entry by entry.</summary>
    Log,

    /// <summary>−Σ p_j log p_j.</summary>
    Entropy,

    /// <summary>lse(o) − Σ y_j o_j.</summary>
    CrossEntropy,

    /// <summary>Σ p_j log(p_j / q_j).</summary>
    KullbackLeibler,

    /// <summary>diag(p) − outer(p, p).</summary>
    Covariance,

    /// <summary>1 at an index, 0 elsewhere.</summary>
    OneHot,

    /// <summary>Σ_i Σ_j v_i M_ij v_j.</summary>
    Quad,

    /// <summary>Diagonal matrix of a vector, diagonal of a matrix.</summary>
    Diag,

    /// <summary>u_i v_j.</summary>
    Outer,

    /// <summary>M_ji.</summary>
    Transpose,

    /// <summary>A vector and one entry more.</summary>
    Append,
}
