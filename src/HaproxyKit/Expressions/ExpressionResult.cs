using System.Diagnostics.CodeAnalysis;

namespace HaproxyKit.Expressions;

/// <summary>What reading an expression gives: its tree, or what is wrong with it.</summary>
/// <typeparam name="T">The kind of tree.</typeparam>
/// <param name="Value">The tree, or null where the text is wrong.</param>
/// <param name="Error">What is wrong, or no error.</param>
public readonly record struct ExpressionResult<T>(T? Value, ExpressionError Error)
    where T : class
{
    /// <summary>Whether there is a tree.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsSuccess => Value is not null;

    /// <summary>The tree, for a caller who knows that the text is right.</summary>
    /// <returns>The tree.</returns>
    /// <exception cref="FormatException">The text is wrong; the message says where and what was expected.</exception>
    public T GetValueOrThrow() => Value ?? throw new FormatException(Error.ToString());
}
