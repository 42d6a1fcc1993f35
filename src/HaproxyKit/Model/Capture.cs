using HaproxyKit.Model.Properties;

namespace HaproxyKit.Model;

/// <summary>
/// A <c>capture</c> or <c>declare capture</c> line: what of requests and answers is kept for logs (configuration
/// manual, chapter 4.2).
/// </summary>
/// <remarks>
/// A property is null, or false, where the line does not say it; setting that takes its words away. What cannot be
/// written is refused with an <see cref="ArgumentException"/>, and then nothing has changed.
/// </remarks>
public sealed class Capture : Directive
{
    internal static readonly DirectiveProperty<int?> LengthProperty = Property.Named("len", Codecs.Number(1));

    internal Capture(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>How many bytes are kept, from 1.</summary>
    public int? Length { get => Get(LengthProperty); set => Set(LengthProperty, value); }

    /// <summary>What is kept: <c>cookie</c>, <c>request header</c> or <c>response header</c>; for <c>declare
    /// capture</c>
    /// <c>request</c> or <c>response</c>.</summary>
    public string Of =>
        string.Join(' ', Arguments.Skip(IsDeclaration ? 1 : 0).Take(WordsBeforeName - (IsDeclaration ? 1 : 0)).Select(word => word.Value));

    /// <summary>
    /// The name of the cookie or header; null for a declaration and where the line breaks off before it.
    /// </summary>
    /// <exception cref="ArgumentNullException">The new name is null.</exception>
    /// <exception cref="ArgumentException">The new name is empty or holds a control character.</exception>
    /// <exception cref="InvalidOperationException">The line has no name.</exception>
    public string? Name
    {
        get => !IsDeclaration && Arguments is { } words && words.Count > WordsBeforeName ? words[WordsBeforeName].Value : null;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (Name is null)
            {
                throw new InvalidOperationException("The line breaks off before the name, or declares a slot without one.");
            }

            Arguments[WordsBeforeName].Value = value;
        }
    }

    private bool IsDeclaration => Keyword == "declare";

    private int WordsBeforeName =>
        IsDeclaration || (Arguments is { Count: > 0 } words && words[0].Value is "request" or "response") ? 2 : 1;

    internal override int PositionalCount => WordsBeforeName + (IsDeclaration ? 0 : 1);

    internal override bool TakesValue(string word) => word == "len";
}
