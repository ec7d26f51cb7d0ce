namespace Logits.Rows;

/// <summary>What the weights of rows say.</summary>
public enum WeightMeaning
{
    /// <summary>How often the row occurs: a row of weight w is w rows, in every figure. Whole numbers, or shares of rows.</summary>
    Frequencies,

    /// <summary>How much the row matters, against the others: only the proportions of the weights count.</summary>
    Importances,
}
