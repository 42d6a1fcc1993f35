using HaproxyKit.Comparison;
using HaproxyKit.Syntax;
using HaproxyKit.Testing;
using HaproxyKit.Tests.Support;

namespace HaproxyKit.Tests.Comparison;

/// <summary>
/// Where comparison finds no difference, HAProxy reads the same lines, in its own dump of its words; where it finds
/// one, HAProxy reads others.
/// </summary>
public sealed class ConfigDiffAgreementTests
{
    [Fact]
    public void Words_without_a_difference_are_the_same_to_HAProxy() => Laws.Check(
        ComparedConfig.Distinct,
        config =>
        {
            using var folder = new TemporaryFolder();
            var program = HaproxyPrograms.V3_0;
            var after = config.Seed % 2 == 0 ? config : TypedEdit.Apply(config, 1).After;
            var before = Write(folder, "before.cfg", config.Write(null));
            var other = Write(folder, "after.cfg", after.Write(new Random(config.Seed)));
            var diff = ConfigDiff.Between(before, other);
            Assert.Equal(config.ToString() == after.ToString(), diff.IsEmpty);
            Assert.Equal(diff.IsEmpty, Dump(program, before.Path!) == Dump(program, other.Path!));
        },
        40);

    [Fact]
    public void Files_of_the_corpus_written_otherwise_do_not_differ()
    {
        var program = HaproxyPrograms.V3_0;
        using var folder = new TemporaryFolder();
        var compared = 0;
        foreach (var file in CorpusFiles.All.Where(file => file.Bytes.Span.IndexOfAny("\0\r"u8) < 0 && file.Bytes.Length > 0))
        {
            if (file.Bytes.Span.IndexOf(".LINE"u8) >= 0)
            {
                continue; // the number of a line is a word there
            }

            var before = ConfigDocument.Load(file.Path);
            byte[] spaced = [.. before.Sections.SelectMany(section => section.Lines).SelectMany(Spaced)];
            var after = Write(folder, $"{compared++}.cfg", Latin1.Text(spaced));
            Assert.Equal("", ConfigDiff.Between(before, after).ToString());
            Assert.Equal(Dump(program, file.Path), Dump(program, after.Path!));
        }

        Assert.True(compared > 10);
    }

    /// <summary>The line with its own words as they are written, one tab between, and a comment above.</summary>
    private static byte[] Spaced(ConfigLine line)
    {
        if (line.Kind is not (LineKind.Directive or LineKind.Section or LineKind.Dot))
        {
            return line.Bytes.ToArray();
        }

        var words = new List<byte>("# above\n\n"u8.ToArray());
        foreach (var word in line.Words)
        {
            words.Add((byte)'\t');
            words.AddRange(word.Raw);
        }

        return [.. words, (byte)'\n'];
    }

    private static ConfigDocument Write(TemporaryFolder folder, string name, string text)
    {
        File.WriteAllBytes(folder.File(name), Latin1.Bytes(text));
        return ConfigDocument.Load(folder.File(name));
    }

    /// <summary>The lines of the dump that hold words.</summary>
    private static string Dump(string program, string file)
    {
        var (dump, _) = HaproxyCheck.Run(program, ["-dC", "-f", file], new Dictionary<string, string>(StringComparer.Ordinal));
        var lines = Latin1.Text(dump).Split('\n').Where(line => line.Trim().Length > 0 && !line.StartsWith("Configuration file", StringComparison.Ordinal));
        return string.Join('\n', lines);
    }
}
