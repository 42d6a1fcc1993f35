using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Expressions;

/// <summary>
/// A sample expression: a fetch, and the converters that its value passes through (configuration manual, chapter 7.3). Two are equal when
/// HAProxy reads them alike, however they are written.
/// </summary>
/// <remarks>
/// A tree that was read prints the bytes that were read; what is changed in it, and nothing else, is printed anew. Names are not judged:
/// the catalog knows them.
/// </remarks>
public sealed record SampleExpression
{
    /// <summary>An expression.</summary>
    /// <param name="fetch">Where the value comes from.</param>
    /// <param name="converters">What it passes through, in this order.</param>
    public SampleExpression(SampleCall fetch, ExpressionList<SampleCall>? converters = null)
    {
        Fetch = fetch;
        Converters = converters ?? [];
    }

    /// <summary>Where the value comes from.</summary>
    public SampleCall Fetch { get; init; }

    /// <summary>What the value passes through, in this order.</summary>
    public ExpressionList<SampleCall> Converters { get; init; }

    /// <summary>Where it stood in the text that was read, in bytes of UTF-8.</summary>
    public TextSpan Span { get; internal init; }

    /// <summary>How many commas ended it.</summary>
    internal int TrailingCommas { get; init; }

    /// <summary>Reads an expression that fills a word.</summary>
    /// <param name="text">The word's value, its quotes and escapes resolved.</param>
    /// <returns>The tree, or what is wrong.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> holds half of a surrogate pair.</exception>
    public static ExpressionResult<SampleExpression> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(StrictUtf8.GetBytes(text, nameof(text)));
    }

    /// <summary>Reads an expression that fills a word.</summary>
    /// <param name="text">The word's value as UTF-8, its quotes and escapes resolved.</param>
    /// <returns>The tree, or what is wrong.</returns>
    public static ExpressionResult<SampleExpression> Parse(ReadOnlySpan<byte> text) =>
        ByteParsers.Read(text, SampleGrammar.Word);

    /// <inheritdoc/>
    public bool Equals(SampleExpression? other) =>
        other is not null && Fetch.Equals(other.Fetch) && Converters.Equals(other.Converters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Fetch, Converters);

    /// <summary>The expression as HAProxy reads it, before the word is quoted.</summary>
    /// <returns>For example <c>req.hdr(host),lower</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        WriteTo(text);
        return text.Append(',', TrailingCommas).ToString();
    }

    /// <summary>Writes it as it stands inside <c>%[</c>, where it may not end in commas.</summary>
    internal void WriteTo(StringBuilder text)
    {
        Fetch.WriteTo(text);
        foreach (var converter in Converters)
        {
            text.Append(',', converter.Commas);
            converter.WriteTo(text);
        }
    }
}
