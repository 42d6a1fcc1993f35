using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace HaproxyKit.Tests.EdgeScript;

/// <summary>A valid script as data, and the ways to write it down.</summary>
public sealed record ScriptModel(EntryModel[] Entries, int Style)
{
    private static readonly string[] Names = ["a", "b", "c", "traefik", "kubernetes-api", "0", "x.y_z-1", "port", "check", "listen", "as", "every", "phone-home", "nodes"];

    private static readonly string[] Hosts =
        ["192.0.2.1", "192.0.2.2", "10.0.0.1", "[2001:db8::7]", "[::1]", "node.example", "n1", "to", "check", "as", "a_b.c-d"];

    private static readonly Gen<CheckModel> Checks =
        from every in Gen.Elements<string?>(null, "2s", "1ms", "90m", "1500ms", "2147483647ms")
        from fall in Gen.Elements<int?>(null, 1, 3, 1000)
        from rise in Gen.Elements<int?>(null, 1, 2, 1000)
        select new CheckModel(every, fall, rise);

    private static readonly Gen<EntryModel> AnyEntry =
        from port in Gen.Choose(1, 65535)
        from hosts in Gen.Frequency((1, Gen.Constant(Array.Empty<string>())), (2, Gen.Elements(Hosts).ArrayOf()))
        from nodePort in Gen.Choose(1, 65535)
        from check in Gen.Frequency((1, Gen.Constant<CheckModel?>(null)), (1, Checks.Select(c => (CheckModel?)c)))
        from hasBlock in Gen.Elements(true, false)
        from comments in Gen.Elements("", "c", "# { } , 'listen 1 as", "é \t $X").ArrayOf()
        select new EntryModel("", port, hosts.Distinct().ToArray(), nodePort, check, hasBlock, comments.Take(3).ToArray());

    /// <summary>Scripts whose ports and names are used once.</summary>
    public static Arbitrary<ScriptModel> Valid { get; } = Arb.From(
        from names in Gen.Shuffle(Names)
        from entries in AnyEntry.ArrayOf()
        from style in Gen.Choose(0, int.MaxValue)
        select new ScriptModel([.. entries.DistinctBy(e => e.Port).Zip(names, (entry, name) => entry with { Name = name })], style),
        model => model.Entries.Select((_, i) => model with { Entries = [.. model.Entries.Where((_, j) => j != i)] }));

    /// <summary>The script in one of many styles of blanks, comments, blocks and line endings.</summary>
    public string Print()
    {
        var random = new Random(Style);
        var text = new StringBuilder(random.Next(8) == 0 ? "\uFEFF" : "");
        string Blank() => random.Next(4) switch { 0 => "  ", 1 => "\t", _ => " " };
        string Maybe() => random.Next(3) == 0 ? Blank() : "";
        void EndLine(string comment = "") => text.Append(comment).Append(random.Next(3) == 0 ? "\r\n" : "\n");
        void Filler()
        {
            while (random.Next(3) == 0)
            {
                EndLine(Maybe());
            }
        }

        foreach (var entry in Entries)
        {
            Filler();

            // A line that keeps the comments of an earlier statement, or of none, away from this one.
            EndLine();
            foreach (var comment in entry.Comments)
            {
                EndLine($"{Maybe()}#{comment}");
            }

            text.Append(Maybe()).AppendJoin(Blank(), "listen", entry.Port, "as", entry.Name);
            var target = string.Join(Blank(), ["to", Nodes(entry), "port", $"{entry.NodePort}"]);
            string[] clauses = entry.Check is null ? [target] : [target, Check(entry.Check)];
            if (!entry.HasBlock)
            {
                text.Append(Blank()).AppendJoin(Blank(), clauses).Append(Maybe());
                EndLine();
                continue;
            }

            if (random.Next(2) == 0)
            {
                Array.Reverse(clauses);
            }

            text.Append(Maybe()).Append('{').Append(Maybe());
            foreach (var clause in clauses)
            {
                Filler();
                text.Append(Maybe()).Append(clause).Append(Maybe());
                if (clause != clauses[^1] || random.Next(2) == 0)
                {
                    EndLine();
                }
            }

            Filler();
            text.Append('}').Append(Maybe());
            EndLine();
        }

        return text.ToString();

        string Nodes(EntryModel entry) =>
            entry.Hosts.Length == 0 ? "phone-home" : string.Join($"{Maybe()},{Maybe()}", entry.Hosts);

        string Check(CheckModel check)
        {
            var options = check.Options.Select(o => $"{Blank()}{o.Keyword}{Blank()}{o.Value}").ToArray();
            random.Shuffle(options);
            return "check" + string.Concat(options);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Print();
}
