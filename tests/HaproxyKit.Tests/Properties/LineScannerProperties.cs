using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Properties;

public sealed class LineScannerProperties
{
    [Fact]
    public void Pieces_tile_a_hostile_line() => Laws.Check(HostileText.Line, Tiles, 3_000);

    [Fact]
    public void Pieces_tile_any_bytes() => Laws.Check(HostileText.Bytes, Tiles);

    [Fact]
    public void Pieces_of_a_line_are_those_of_its_content_and_its_ending() => Laws.Check(
        HostileText.Line,
        bytes =>
        {
            var content = bytes.AsSpan().TrimEnd((byte)'\r').ToArray();
            var alone = LineParts.Pieces(content);
            Assert.Equal($"{alone} L(\n)".TrimStart(), LineParts.Pieces([.. content, (byte)'\n']));
            Assert.Equal($"{alone} L(\r\n)".TrimStart(), LineParts.Pieces([.. content, (byte)'\r', (byte)'\n']));
        });

    [Fact]
    public void Words_are_the_pieces_that_are_words() => Laws.Check(
        HostileText.Line,
        bytes =>
        {
            var words = new ConfigLine(bytes).Words;
            var scanner = new LineScanner(bytes);
            while (scanner.MoveNext())
            {
                if (scanner.Kind == LineTokenKind.Word)
                {
                    Assert.True(words.MoveNext());
                    Assert.Equal(scanner.Span, words.Current.Span);
                    Assert.Equal(scanner.Traits, words.Current.Traits);
                    Assert.Equal(bytes.AsSpan(scanner.Start, scanner.Length), words.Current.Raw);
                }
            }

            Assert.False(words.MoveNext());
        });

    [Fact]
    public void A_word_reads_the_same_alone_and_in_its_line() => Laws.Check(
        HostileText.Line,
        bytes =>
        {
            foreach (var word in new ConfigLine(bytes).Words)
            {
                if (word.Raw[0] == '[')
                {
                    continue;
                }

                var alone = new ConfigLine(word.Raw.ToArray()).Words;
                Assert.True(alone.MoveNext());
                Assert.Equal(word.Raw, alone.Current.Raw);
                Assert.Equal(word.ToBytes(), alone.Current.ToBytes());
                Assert.Equal(word.Traits, alone.Current.Traits);
                Assert.False(alone.MoveNext());
            }
        },
        3_000);

    [Fact]
    public void Splitting_and_decoding_agree_with_expanding_where_no_variable_is() => Laws.Check(
        HostileText.Line,
        bytes =>
        {
            var line = new ConfigLine(bytes);
            var decoded = new List<byte[]>();
            var hasVariables = false;
            foreach (var word in line.Words)
            {
                decoded.Add(word.ToBytes());
                hasVariables |= word.HasVariables;
            }

            if (!hasVariables)
            {
                Assert.Equal(decoded, line.Expand(ConfigEnvironment.Empty));
            }
        },
        3_000);

    [Fact]
    public void A_plain_word_is_its_own_value() => Laws.Check(
        HostileText.Line,
        bytes =>
        {
            foreach (var word in new ConfigLine(bytes).Words)
            {
                var buffer = new byte[word.Raw.Length];
                Assert.Equal(word.ToBytes(), buffer[..word.Decode(buffer)]);
                Assert.True(!word.IsPlain || word.Raw.SequenceEqual(word.ToBytes()));
            }
        });

    [Fact]
    public void Cutting_a_line_behind_a_piece_leaves_the_pieces_before_it() => Laws.Check(
        HostileText.Line,
        bytes =>
        {
            var scanner = new LineScanner(bytes);
            var before = "";
            while (scanner.MoveNext())
            {
                // What is behind decides whether a scope is alone on its line, and nothing else.
                before += $" {scanner.Kind.ToString()[0]}({Latin1.Text(bytes.AsSpan(scanner.Start, scanner.Length))})";
                Assert.Equal(before.TrimStart(), LineParts.Pieces(bytes.AsSpan(0, scanner.Start + scanner.Length)));
            }
        });

    private static void Tiles(byte[] bytes)
    {
        var scanner = new LineScanner(bytes);
        var end = 0;
        while (scanner.MoveNext())
        {
            Assert.Equal(end, scanner.Start);
            Assert.True(scanner.Length > 0);
            Assert.True(scanner.FaultAt == -1 || (scanner.FaultAt >= scanner.Start && scanner.FaultAt <= scanner.Start + scanner.Length));
            Assert.Equal(scanner.FaultAt >= 0, (scanner.Traits & WordTraits.Faulty) != 0);
            end += scanner.Length;
        }

        Assert.Equal(bytes.Length, end);
    }
}
