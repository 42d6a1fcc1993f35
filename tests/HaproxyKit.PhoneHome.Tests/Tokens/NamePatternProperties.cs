using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.PhoneHome.Tokens;

namespace HaproxyKit.PhoneHome.Tests.Tokens;

public sealed class NamePatternProperties
{
    private static readonly Arbitrary<string> Patterns = TextOf("ab*");
    private static readonly Arbitrary<string> Names = TextOf("ab");

    [Fact]
    public void A_star_stands_for_any_characters_as_it_does_in_a_regular_expression() => Prop.ForAll(
        Patterns,
        Names,
        (pattern, name) =>
        {
            if (!NamePattern.TryParse(pattern, out var read))
            {
                return pattern.Length == 0;
            }

            var expected = "^" + pattern.Replace("*", "[ab]*") + "$";
            return read.Matches(name) == Regex.IsMatch(name, expected, RegexOptions.NonBacktracking);
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<string> TextOf(string characters) => Arb.From(
        Gen.ListOf(Gen.Elements(characters.ToCharArray())).Select(list => string.Concat(list)),
        text => Enumerable.Range(0, text.Length).Select(i => text.Remove(i, 1)));
}
