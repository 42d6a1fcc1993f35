namespace HaproxyKit.Expressions;

/// <summary>What stands before a condition.</summary>
public enum AclPolarity
{
    /// <summary>Nothing: the terms alone.</summary>
    None,

    /// <summary><c>if</c>: the line counts where the condition holds.</summary>
    If,

    /// <summary><c>unless</c>: the line counts where the condition does not hold.</summary>
    Unless,
}
