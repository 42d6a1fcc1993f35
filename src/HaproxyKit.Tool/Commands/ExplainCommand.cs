using System.CommandLine;
using System.Text.Json;
using HaproxyKit.Tool.Explaining;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>explain KEYWORD</c>: where a word is legal, what follows it, in which versions.</summary>
internal static class ExplainCommand
{
    internal static Command Create()
    {
        var keyword = new Argument<string[]>("KEYWORD")
        {
            Description = "A word of HAProxy's configuration: maxconn, timeout client, set-header, req.hdr.",
            Arity = ArgumentArity.OneOrMore,
        };
        var version = SharedOptions.Version("Only what this version has.");
        var format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);
        var command = new Command("explain", "Says where a word is legal, what follows it, and in which versions.") { keyword, version, format };
        command.Does((arguments, output) =>
        {
            var name = string.Join(' ', arguments.GetRequiredValue(keyword).SelectMany(word => word.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            var found = KeywordExplanation.Find(name, arguments.GetValue(version)).ConvertAll(KeywordExplanation.Explain);
            if (arguments.GetValue(format) == OutputFormat.Json)
            {
                output.Line(JsonSerializer.Serialize([.. found], ToolJsonContext.Readable.ExplanationJsonArray));
            }
            else
            {
                found.ForEach(explanation => Write(output, explanation));
            }

            if (found.Count == 0)
            {
                var near = KeywordExplanation.Near(name);
                output.Error($"'{name}' is not known" + (near.Count == 0 ? "" : $"; near it: {string.Join(", ", near)}"));
            }

            return found.Count == 0 ? ExitCode.Findings : ExitCode.Fine;
        });
        return command;
    }

    private static void Write(ToolOutput output, ExplanationJson explanation)
    {
        output.Line($"{explanation.Name}  ({explanation.Kind})", Colour.Cyan);
        var versions = explanation.Removed is { } removed ? $"from {explanation.Since}, gone in {removed}" : $"from {explanation.Since}";
        var deprecation = (explanation.Deprecated, explanation.Successor) switch
        {
            ({ } since, { } successor) => $"since {since}: write {successor}",
            ({ } since, null) => $"since {since}",
            (null, { } successor) => $"write {successor}",
            _ => null,
        };
        (string Label, string? Text)[] rows =
        [
            ("signature", explanation.Signature is { } signature ? $"{explanation.Name}{(signature[0] == '(' ? "" : " ")}{signature}" : explanation.Name),
            ("sections", explanation.Sections.Length == 0 ? null : string.Join(", ", explanation.Sections)),
            ("versions", versions),
            (explanation.Deprecated is null ? "instead" : "deprecated", deprecation),
            ("notes", explanation.Notes.Length == 0 ? null : string.Join("; ", explanation.Notes)),
        ];
        foreach (var (label, text) in rows)
        {
            if (text is not null)
            {
                output.Line($"  {label,-11} {text}");
            }
        }
    }
}
