using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Properties;

public sealed class WordWriterProperties
{
    /// <summary>Values of all bytes, and of those that mean something to HAProxy.</summary>
    private static readonly Arbitrary<byte[]> Values = Arb.From(
        Gen.OneOf(HostileText.Bytes.Generator, HostileText.Line.Generator, Printable().ArrayOf()), ByteShrinker.Shrink);

    [Fact]
    public void A_value_is_refused_exactly_when_it_is_empty_or_holds_a_control_character() => Laws.Check(
        Values,
        value =>
        {
            var isFine = value.Length > 0 && !value.Any(b => b is < 32 or 127);
            Assert.Equal(isFine, WordWriter.DescribeRefusal(value) is null);
            if (!isFine)
            {
                Assert.Throws<ArgumentException>(() => WordWriter.Quote(value));
            }
        },
        2_000);

    [Fact]
    public void A_value_written_is_read_back_as_one_word_of_that_value() => Laws.Check(
        Values,
        value =>
        {
            if (WordWriter.DescribeRefusal(value) is not null)
            {
                return;
            }

            byte[] line = [.. "x "u8, .. WordWriter.Quote(value), .. " # c\n"u8];
            Assert.Equal($"x|{Latin1.Text(value)}", LineParts.Decoded(new ConfigLine(line)));
            Assert.Equal($"x|{Latin1.Text(value)}", Latin1.Join(new ConfigLine(line).Expand(ConfigEnvironment.From([new("A", "y z")]))));
            Assert.Empty(ConfigDocument.Parse([.. "global\n"u8, .. line]).Diagnose());
        },
        4_000);

    [Fact]
    public void A_value_written_never_adds_a_line_or_a_section() => Laws.Check(
        Values,
        value =>
        {
            if (WordWriter.DescribeRefusal(value) is not null)
            {
                return;
            }

            var document = ConfigDocument.Parse([.. "backend a\n x "u8, .. WordWriter.Quote(value), .. "\n y\n"u8]);
            Assert.Equal((3, 1), (document.LineCount, document.SectionCount));
        });

    [Fact]
    public void Text_and_its_bytes_are_written_alike() => Laws.Check(
        Values,
        value =>
        {
            var text = System.Text.Encoding.UTF8.GetString(value);
            if (WordWriter.DescribeRefusal(System.Text.Encoding.UTF8.GetBytes(text)) is null)
            {
                Assert.Equal(WordWriter.Quote(System.Text.Encoding.UTF8.GetBytes(text)), System.Text.Encoding.UTF8.GetBytes(WordWriter.Quote(text)));
            }
        });

    private static Gen<byte> Printable() => Gen.Frequency(
        (3, Gen.Choose(32, 126).Select(n => (byte)n)), (2, Gen.Elements("\"'\\$#{} %,()x4"u8.ToArray())), (1, Gen.Choose(128, 255).Select(n => (byte)n)));
}
