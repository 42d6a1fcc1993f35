using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>A word taken out of its line as text.</summary>
internal readonly record struct WordText(string Value, string Raw, WordTraits Traits, TextSpan Span)
{
    internal static WordText Of(Word word) =>
        new(word.ToString(), Encoding.UTF8.GetString(word.Raw), word.Traits, word.Span);
}
