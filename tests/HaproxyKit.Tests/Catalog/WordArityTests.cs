using HaproxyKit.Catalog;

namespace HaproxyKit.Tests.Catalog;

public sealed class WordArityTests
{
    [Theory]
    [InlineData("bind", 1)]
    [InlineData("server", 2)]
    [InlineData("server-template", 3)]
    [InlineData("default-server", 0)]
    [InlineData("stick-table", 0)]
    [InlineData("balance", 0)]
    [InlineData("nothing-known", 0)]
    public void Positional_values_before_the_first_word_are_counted(string keyword, int count) =>
        Assert.Equal(count, WordArity.Positional(keyword));

    [Theory]
    [InlineData("bind", "crt verify process level ssl-min-ver nice", true)]
    [InlineData("bind", "ssl accept-proxy transparent defer-accept unknown", false)]
    [InlineData("server", "weight source usesrc interface observe track set-proxy-v2-tlv-fmt(0x20)", true)]
    [InlineData("default-server", "inter fall verify", true)]
    [InlineData("server-template", "check backup send-proxy", false)]
    [InlineData("stick-table", "type size expire store peers", true)]
    [InlineData("stick-table", "nopurge ip integer", false)]
    public void TakesValue_word_with_or_without_value_is_told(string keyword, string words, bool takes)
    {
        foreach (var word in words.Split(' '))
        {
            Assert.True(WordArity.TakesValue(keyword, word) == takes, word);
        }
    }
}
