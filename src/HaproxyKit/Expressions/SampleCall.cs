using System.Text;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.Expressions;

/// <summary>A sample fetch or a converter with its arguments (configuration manual, chapter 7.3). Two are equal when both are.</summary>
public sealed record SampleCall
{
    /// <summary>A fetch or converter.</summary>
    /// <param name="name">Its name, letters, digits and <c>. _ - + :</c>.</param>
    /// <param name="arguments">Its arguments, if any.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name.</exception>
    public SampleCall(string name, ExpressionList<SampleArgument>? arguments = null)
    {
        Name = name;
        Arguments = arguments ?? [];
    }

    /// <summary>The name.</summary>
    /// <exception cref="ArgumentException">What is set is no name.</exception>
    public string Name
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            if (!value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or ':'))
            {
                throw new ArgumentException(
                    $"'{value}' names no fetch or converter: names consist of letters, digits and . _ - + :", nameof(value));
            }

            field = value;
        }
    }

    /// <summary>The arguments; none for <c>()</c>, which HAProxy reads as one empty argument where the keyword takes any.</summary>
    public ExpressionList<SampleArgument> Arguments { get; init; }

    /// <summary>Where it stood in the text that was read, in bytes of UTF-8.</summary>
    public TextSpan Span { get; internal init; }

    /// <summary>Whether it was written with <c>()</c>.</summary>
    internal bool HasEmptyParentheses { get; init; }

    /// <summary>How many commas stood before it.</summary>
    internal int Commas { get; init; } = 1;

    /// <inheritdoc/>
    public bool Equals(SampleCall? other) => other is not null && Name == other.Name && Arguments.Equals(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Arguments);

    /// <summary>The call as HAProxy reads it.</summary>
    /// <returns>For example <c>field(1,'.')</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        WriteTo(text);
        return text.ToString();
    }

    internal void WriteTo(StringBuilder text)
    {
        text.Append(Name);
        if (Arguments.Count == 0)
        {
            text.Append(HasEmptyParentheses ? "()" : "");
            return;
        }

        // A single argument of no bytes would be no argument.
        var first = Arguments[0].ToString();
        text.Append('(').Append(Arguments.Count == 1 && first.Length == 0 ? "\"\"" : first);
        foreach (var argument in Arguments.Skip(1))
        {
            text.Append(',').Append(argument);
        }

        text.Append(')');
    }
}
