using System.Globalization;
using HaproxyKit.Catalog;
using HaproxyKit.Control.Planning;
using HaproxyKit.Control.Tests.Support;
using HaproxyKit.Testing;

namespace HaproxyKit.Control.Tests.Planning;

public sealed class ServerWordTableTests
{
    private const string NotAccepted = "option is not accepted for dynamic server";
    private const string Unknown = "unknown keyword";

    private const string Configuration = HaproxyInstance.Global + """
        defaults
          mode http
          timeout connect 1s
          timeout client 1s
          timeout server 1s
        frontend web
          bind {dir}/web.sock
          default_backend app
        backend app
          server s1 127.0.0.1:1

        """;

    /// <summary>Values that HAProxy takes behind a word; 5 does behind all others.</summary>
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["addr"] = "127.0.0.1", ["agent-addr"] = "127.0.0.1", ["agent-send"] = "x", ["alpn"] = "h2", ["check-alpn"] = "h2", ["check-proto"] = "h2",
        ["ciphers"] = "ALL", ["ciphersuites"] = "TLS_AES_128_GCM_SHA256", ["client-sigalgs"] = "RSA+SHA256", ["sigalgs"] = "RSA+SHA256", ["curves"] = "X25519",
        ["hash-key"] = "addr", ["init-state"] = "up", ["npn"] = "h2", ["observe"] = "layer4", ["on-error"] = "mark-down", ["on-marked-down"] = "shutdown-sessions",
        ["on-marked-up"] = "shutdown-backup-sessions", ["proto"] = "h1", ["proxy-v2-options"] = "ssl", ["sni"] = "str(a)", ["source"] = "127.0.0.1",
        ["pool-conn-name"] = "str(a)", ["check-pool-conn-name"] = "str(a)", ["ssl-max-ver"] = "TLSv1.3", ["ssl-min-ver"] = "TLSv1.2", ["track"] = "s1", ["verify"] = "none",
        ["ws"] = "h1", ["id"] = "77", ["guid"] = "g",
    };

    [Theory]
    [MemberData(nameof(HaproxyBranches.All), MemberType = typeof(HaproxyBranches))]
    public async Task All_words_are_taken_by_add_server_from_the_version_on_that_the_table_says(string branch)
    {
        await using var haproxy = await HaproxyInstance.StartAsync(Configuration, HaproxyPrograms.Of(branch));
        Assert.True(HaproxyVersion.TryParse(branch, out var version));
        var wrong = new List<string>();
        foreach (var (number, word) in ServerWordTable.All.Where(word => word.Negates is null && word.Name != "disabled").Index())
        {
            var value = word.TakesValue ? " " + Values.GetValueOrDefault(word.Name, "5") : "";
            var answer = await haproxy.AskAsync(string.Create(CultureInfo.InvariantCulture, $"add server app/n{number} 127.0.0.1:2 {word.Name}{value}"));

            // A file that is not loaded, or a word that another one must go with, is no matter of the word itself.
            var isTaken = !answer!.Contains(NotAccepted, StringComparison.Ordinal) && !answer.Contains(Unknown, StringComparison.Ordinal);
            if (isTaken != (word.AddedSince is { } since && since.CompareTo(version) <= 0))
            {
                wrong.Add($"{word.Name}: {answer}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void All_negations_take_away_a_word_that_is_known() =>
        Assert.All(ServerWordTable.All, word => Assert.True(word.Negates is null || ServerWordTable.Find(word.Negates) is not null, word.Name));
}
