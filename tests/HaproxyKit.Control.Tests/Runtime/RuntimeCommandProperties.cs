using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Control.Runtime;
using HaproxyKit.Testing;
using Assert = Xunit.Assert;

namespace HaproxyKit.Control.Tests.Runtime;

public sealed class RuntimeCommandProperties
{
    private const string Configuration = HaproxyInstance.Global + """
        defaults
          mode http
          timeout connect 1s
          timeout client 1s
          timeout server 1s
        frontend web
          bind 127.0.0.1:{port}
          http-request set-header X-A %[src,map({map})]

        """;

    /// <summary>Words of any characters that a command can carry, the special ones most often.</summary>
    private static readonly Arbitrary<string> Words = Arb.From(
        Gen.Frequency(
                (4, Gen.Elements(" ", "\t", ";", "\\", "<", "<<", "@", "#", "\"", "'", "\\\\", "\\;", "; show info", "\u00e9", "\ud83d\ude00", "$x", "%")),
                (2, Gen.Elements("a", "word", "1", "show", "set server a/b state maint")),
                (1, Gen.Choose(1, 255).Where(c => c is not ('\r' or '\n')).Select(c => ((char)c).ToString())))
            .NonEmptyListOf()
            .Select(pieces => string.Concat(pieces)),
        word => ArbMap.Default.ArbFor<string>().Shrinker(word).Where(w => !string.IsNullOrEmpty(w) && w.IndexOfAny(['\0', '\r', '\n']) < 0 && !w.Any(char.IsSurrogate)));

    public static TheoryData<string> Branches { get; } = [.. HaproxyPrograms.Branches];

    [Fact]
    public void A_line_is_one_command_with_exactly_its_words() =>
        Laws.Check(Prop.ForAll(Words, Words, (a, b) =>
        {
            var line = RuntimeCommand.Of("add", "map", "f", a, b).Line;
            Assert.Equal([["add", "map", "f", a, b]], ReadAsHaproxyDoes(line));
        }), cases: 5_000);

    [Fact]
    public void Any_text_becomes_one_command_with_exactly_that_word_or_is_refused() =>
        Laws.Check(HostileText.Bytes, bytes =>
        {
            var word = Encoding.UTF8.GetString(bytes);
            try
            {
                Assert.Equal([["get", "map", word]], ReadAsHaproxyDoes(RuntimeCommand.Of("get", "map", word).Line));
            }
            catch (ArgumentException)
            {
                Assert.True(word.Length == 0 || word.EnumerateRunes().Any(r => r.Value is 0 or '\r' or '\n' || r == Rune.ReplacementChar));
            }
        });

    [Theory]
    [MemberData(nameof(Branches))]
    public async Task HAProxy_reads_exactly_the_words_of_a_command(string branch)
    {
        using var folder = new TemporaryFolder();
        var map = folder.Write("words.map", "");
        await using var haproxy = await HaproxyInstance.StartAsync(
            Configuration.Replace("{port}", $"{Ports.Take()}").Replace("{map}", map), HaproxyPrograms.Of(branch));
        var client = new RuntimeClient(RuntimeEndpoint.Unix(haproxy.StatsSocket));
        var master = new MasterClient(RuntimeEndpoint.Unix(haproxy.MasterSocket));
        var worker = (await haproxy.WorkerPidAsync())!.Value;

        Laws.Check(Words, word =>
        {
            var add = RuntimeCommand.Of("add", "map", map, "key", word);
            var rest = new[] { RuntimeCommand.Of("show", "map", map), RuntimeCommand.Of("clear", "map", map) };
            Assert.Equal(["key " + word], Values(Wait(client.SendAsync([add, .. rest]))));
            Assert.Equal(["key " + word], Values(Wait(master.SendToWorkerAsync(worker, [add, .. rest]))));
        }, cases: 300);
    }

    private static T Wait<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(20)).GetAwaiter().GetResult();

    /// <summary>The entries that <c>show map</c> shows, without the pointer that each begins with.</summary>
    private static IEnumerable<string> Values(IReadOnlyList<string> answers)
    {
        Assert.Equal(["", ""], [answers[0], answers[2]]);
        return answers[1].Split('\n').Select(line => line[(line.IndexOf(' ') + 1)..]);
    }

    /// <summary>Splits a line as the reader of HAProxy's sockets does: a backslash makes the next character an ordinary one.</summary>
    internal static List<List<string>> ReadAsHaproxyDoes(string line)
    {
        List<List<string>> commands = [[""]];
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\n' or '\r':
                    throw new InvalidOperationException("a second line");
                case ';':
                    commands.Add([""]);
                    break;
                case ' ' or '\t':
                    commands[^1].Add("");
                    break;
                default:
                    i += line[i] == '\\' ? 1 : 0;
                    commands[^1][^1] += line[i];
                    break;
            }
        }

        return commands;
    }
}
