using System.CommandLine;
using System.Text.Json;
using HaproxyKit.Catalog;
using HaproxyKit.Tool.Explaining;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>explain KEYWORD</c>: where a word is legal, what follows it, in which versions.</summary>
internal sealed class ExplainCommand : Command
{
    private readonly Argument<string[]> _keyword = new("KEYWORD")
    {
        Description = "A word of HAProxy's configuration: maxconn, timeout client, set-header, req.hdr.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<HaproxyVersion?> _version = SharedOptions.Version("Only what this version has.");
    private readonly Option<OutputFormat> _format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);

    internal ExplainCommand()
        : base("explain", "Says where a word is legal, what follows it, and in which versions.")
    {
        Add(_keyword);
        Add(_version);
        Add(_format);
        this.Does(Run);
    }

    private int Run(ParseResult arguments, ToolOutput output)
    {
        var words = string.Join(' ', arguments.GetRequiredValue(_keyword));
        var name = string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var entries = KeywordExplanation.Find(name, arguments.GetValue(_version));
        var found = entries.ConvertAll(KeywordExplanation.Explain);
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            output.Line(JsonSerializer.Serialize([.. found], ToolJsonContext.Readable.ExplanationJsonArray));
        }
        else
        {
            found.ForEach(explanation => Write(output, explanation));
        }

        if (found.Count == 0)
        {
            var near = string.Join(", ", KeywordExplanation.Near(name));
            output.Error($"'{name}' is not known" + (near.Length == 0 ? "" : $"; near it: {near}"));
        }

        return found.Count == 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    private static void Write(ToolOutput output, ExplanationJson explanation)
    {
        output.Line($"{explanation.Name}  ({explanation.Kind})", Colour.Cyan);
        var until = explanation.Removed is { } removed ? $", gone in {removed}" : "";
        var since = explanation.Deprecated is { } deprecated ? $"since {deprecated}" : null;
        var instead = explanation.Successor is { } successor ? $"write {successor}" : null;
        (string Label, string? Text)[] rows =
        [
            ("signature", explanation.Name + SignatureOf(explanation)),
            ("sections", string.Join(", ", explanation.Sections)),
            ("versions", $"from {explanation.Since}{until}"),
            ("deprecated", since),
            ("instead", instead),
            ("notes", string.Join("; ", explanation.Notes)),
        ];
        foreach (var (label, text) in rows.Where(row => !string.IsNullOrEmpty(row.Text)))
        {
            output.Line($"  {label,-11} {text}");
        }
    }

    /// <summary>Arguments in parentheses stand directly behind the name.</summary>
    private static string SignatureOf(ExplanationJson explanation) => explanation.Signature switch
    {
        null => "",
        ['(', ..] => explanation.Signature,
        _ => " " + explanation.Signature,
    };
}
