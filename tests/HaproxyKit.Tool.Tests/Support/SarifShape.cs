using System.Text.Json;

namespace HaproxyKit.Tool.Tests.Support;

/// <summary>
/// What the schema of SARIF 2.1.0 says of the objects that we write: their members, which of them must be there, and their types. The schema
/// allows no other members.
/// </summary>
internal static class SarifShape
{
    private const string Text = "text";
    private const string Count = "count";
    private const string Place = "place";

    /// <summary>The members of each object; <c>!</c> marks what must be there, <c>[]</c> a list.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Objects = new(StringComparer.Ordinal)
    {
        ["log"] = Members(("$schema", Text), ("version!", Text), ("runs!", "run[]")),
        ["run"] = Members(("tool!", "tool"), ("columnKind", Text), ("results", "result[]")),
        ["tool"] = Members(("driver!", "driver")),
        ["driver"] = Members(("name!", Text), ("version", Text), ("rules", "rule[]")),
        ["rule"] = Members(("id!", Text)),
        ["result"] = Members(("ruleId", Text), ("ruleIndex", Count), ("level", Text), ("message!", "message"), ("locations", "location[]")),
        ["message"] = Members(("text!", Text)),
        ["location"] = Members(("physicalLocation", "physicalLocation")),
        ["physicalLocation"] = Members(("artifactLocation!", "artifactLocation"), ("region", "region")),
        ["artifactLocation"] = Members(("uri", Text)),
        ["region"] = Members(("startLine", Place), ("startColumn", Place), ("endColumn", Place)),
    };

    internal static void MustHold(JsonElement log) => MustBe("log", log, "$");

    private static Dictionary<string, string> Members(params (string Name, string Type)[] members) => members.ToDictionary(m => m.Name, m => m.Type, StringComparer.Ordinal);

    private static void MustBe(string type, JsonElement value, string path)
    {
        switch (type)
        {
            case Text:
                Assert.True(value.ValueKind == JsonValueKind.String, $"{path} is no text");
                return;
            case Count or Place:
                Assert.True(value.TryGetInt32(out var number) && number >= (type == Place ? 1 : 0), $"{path} is {value}");
                return;
            case [.. var item, '[', ']']:
                Assert.True(value.ValueKind == JsonValueKind.Array, $"{path} is no list");
                Assert.All(value.EnumerateArray(), (one, i) => MustBe(item, one, $"{path}[{i}]"));
                return;
        }

        var members = Objects[type];
        Assert.True(value.ValueKind == JsonValueKind.Object, $"{path} is no object");
        Assert.All(members.Keys.Where(name => name[^1] == '!'), name => Assert.True(value.TryGetProperty(name[..^1], out _), $"{path} lacks {name[..^1]}"));
        Assert.All(value.EnumerateObject(), member =>
        {
            var known = members.GetValueOrDefault(member.Name) ?? members.GetValueOrDefault(member.Name + "!");
            Assert.True(known is not null, $"{path} has {member.Name}, which the schema does not know");
            MustBe(known, member.Value, $"{path}.{member.Name}");
        });
    }
}
