using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaproxyKit.Tool.Tests.Support;

namespace HaproxyKit.Tool.Tests.Commands;

public sealed class TokenNewCommandTests
{
    [Fact]
    public async Task New_prints_the_secret_once_and_an_entry_with_its_hash_alone()
    {
        var (secret, entry) = await NewAsync("--id", "cluster-a", "--owner", "team", "--frontend-ports", "443,8000-8999", "--names",
            "web-*", "--node-networks", "203.0.113.0/24", "--bind-addresses", "203.0.113.1,::", "--actions", "add", "--expires", "2030-12-31");

        Assert.Matches("^hkt_[A-Za-z0-9_-]{43}$", secret);
        Assert.Equal(
            [
                "Id=cluster-a", "Owner=team", $"Sha256={Hex(SHA256.HashData(Encoding.ASCII.GetBytes(secret)))}",
                "Expires=2030-12-31T00:00:00+00:00", "FrontendPorts=443,8000-8999", "Names=web-*", "NodeNetworks=203.0.113.0/24",
                "BindAddresses=203.0.113.1,::", "Actions=add",
            ],
            MembersOf(entry));
    }

    [Fact]
    public async Task New_for_signed_calls_has_the_key_that_they_are_signed_with_and_no_hash()
    {
        var (secret, entry) = await NewAsync("--signed", "--id", "a");

        var key = HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), "haproxykit signing key v1"u8);
        Assert.Equal(["Id=a", $"SigningKey={Hex(key)}", "RequireSignature=True"], MembersOf(entry));
    }

    [Fact]
    public async Task New_twice_makes_two_ids_and_two_secrets()
    {
        var (one, entry) = await NewAsync();
        var (other, otherEntry) = await NewAsync();

        Assert.NotEqual(one, other);
        Assert.NotEqual(entry.GetProperty("Id").GetString(), otherEntry.GetProperty("Id").GetString());
    }

    [Theory]
    [InlineData("--id", "a b")]
    [InlineData("--owner", "../x")]
    [InlineData("--expires", "soon")]
    public async Task New_with_what_no_webhook_takes_makes_nothing(string option, string value)
    {
        var run = await ToolRun.OfAsync("token", "new", option, value);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"{option} is a", run.Errors);
    }

    private static async Task<(string Secret, JsonElement Entry)> NewAsync(params string[] arguments)
    {
        var run = await ToolRun.OfAsync(["token", "new", .. arguments]);
        run.MustSucceed();
        var (secret, json) = (run.Output.Split('\n', 2)[0], run.Output.Split('\n', 2)[1]);
        Assert.DoesNotContain(secret, json + run.Errors);
        return (secret, JsonDocument.Parse(json).RootElement);
    }

    private static IEnumerable<string> MembersOf(JsonElement entry) =>
        entry.EnumerateObject().Select(member => $"{member.Name}={member.Value}");

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
