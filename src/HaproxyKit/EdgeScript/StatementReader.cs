using System.Collections.Immutable;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary>
/// Understands one statement at a time: Sprache reads its words, then its values are judged. After a mistake it goes on with the next line
/// of the block, or behind the block.
/// </summary>
internal sealed class StatementReader(SourceText text, ImmutableArray<Diagnostic>.Builder found)
{
    private const string TargetHint =
        "say where connections go: to phone-home port 30443, or to 192.0.2.1, 192.0.2.2 port 30443";

    internal EdgeStatement Read(StatementSource source, ImmutableArray<EdgeComment> comments)
    {
        var line = text.LineOf(source.Start);
        if (source.TooDeep is { } brace)
        {
            found.Add(text.Diagnose(
                DiagnosticIds.EdgeScriptNesting, brace, $"blocks are nested more than {StatementSplitter.MaxDepth} deep; the statement is not read"));
            return new UnreadStatement(source.Span, line, comments);
        }

        var header = ReadWords(source, EdgeGrammar.ReadListen);
        var block = source.OpensBlock && (header is not null || LooksLikeListen(source))
            ? ReadBlock(source, isOwn: header is not null)
            : default;
        if (source.IsUnclosed)
        {
            found.Add(UnexpectedToken.Diagnose(
                text, source.BlockEnd, source.BlockEnd.Span.Start, [EdgeGrammar.BlockEnd], $"the block that begins on line {line} is not closed"));
        }

        if (header is null)
        {
            return new UnreadStatement(source.Span, line, comments);
        }

        JudgeHeader(header);
        return new ListenStatement(source.Span, line, comments)
        {
            Port = header.Port,
            Name = header.Name,
            Target = Judged(header.Target) ?? block.Target,
            Check = Judged(header.Check) ?? block.Check,
        };
    }

    /// <summary>A block under a header that is itself mistaken is still read, so that its own mistakes are told at once.</summary>
    private bool LooksLikeListen(StatementSource source) =>
        !source.SharesLine && NearestName.Meant(text.Text(source.Tokens[0].Span), [EdgeWords.Listen]) is not null;

    private T? ReadWords<T>(StatementSource source, Func<StatementReading, Sprache.IResult<T>> read)
    {
        if (source.SharesLine)
        {
            found.Add(UnexpectedToken.Diagnose(
                text, source.Tokens[0], source.Start, [EdgeGrammar.LineEnd], "a statement begins on a line of its own"));
            return default;
        }

        var reading = new StatementReading(text, source);
        var result = read(reading);
        if (result.WasSuccessful)
        {
            return result.Value;
        }

        found.Add(reading.Fault());
        return default;
    }

    private (EdgeTarget? Target, EdgeCheck? Check) ReadBlock(StatementSource source, bool isOwn)
    {
        EdgeTarget? target = null;
        EdgeCheck? check = null;
        var isWhole = isOwn && !source.IsUnclosed;
        foreach (var child in source.Children)
        {
            var clause = ReadWords(child, EdgeGrammar.ReadClause);
            isWhole &= clause != default;
            if (clause.Target is not null)
            {
                JudgeRepetition(target is not null, EdgeWords.To, new TextSpan(clause.Target.Span.Start, EdgeWords.To.Length));
                target = Judged(clause.Target) is var judged && target is null ? judged : target;
            }

            if (clause.Check is not null)
            {
                JudgeRepetition(check is not null, EdgeWords.Check, clause.Check.Keyword.Span);
                check = Judged(clause.Check) is var judged && check is null ? judged : check;
            }
        }

        if (isWhole && target is null)
        {
            found.Add(UnexpectedToken.Diagnose(text, source.BlockEnd, source.BlockEnd.Span.Start, [EdgeGrammar.Target], TargetHint));
        }

        return (target, check);
    }

    private void JudgeHeader(ListenHeader header)
    {
        Judge(header.Port, EdgeValues.Port(header.Port.Text, out _));
        Judge(header.Name, EdgeValues.Name(header.Name.Text));
    }

    private EdgeTarget? Judged(EdgeTarget? target)
    {
        var hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var address in target?.Addresses ?? [])
        {
            var problem = EdgeValues.Address(address.Text, out var host);
            Judge(address, problem);
            if (problem is null && !hosts.Add(host))
            {
                found.Add(text.Diagnose(
                    DiagnosticIds.EdgeScriptDuplicate,
                    address.Span,
                    $"{ShownText.Quote(address.Text)} is named twice and would get twice the traffic",
                    severity: DiagnosticSeverity.Warning));
            }
        }

        if (target is not null)
        {
            Judge(target.Port, EdgeValues.Port(target.Port.Text, out _));
        }

        return target;
    }

    private EdgeCheck? Judged(CheckClause? clause)
    {
        if (clause is null)
        {
            return null;
        }

        var (every, fall, rise) = (default(EdgeWord?), default(EdgeWord?), default(EdgeWord?));
        foreach (var (keyword, value) in clause.Options)
        {
            Judge(value, keyword.Text == EdgeWords.Every ? EdgeValues.Time(value.Text, out _) : EdgeValues.Count(value.Text, out _));
            ref var said = ref keyword.Text == EdgeWords.Every ? ref every : ref keyword.Text == EdgeWords.Fall ? ref fall : ref rise;
            JudgeRepetition(said is not null, keyword.Text, keyword.Span);
            said ??= value;
        }

        var end = clause.Options.IsEmpty ? clause.Keyword.Span.End : clause.Options[^1].Value.Span.End;
        return new EdgeCheck(TextSpan.Between(clause.Keyword.Span.Start, end))
        {
            Every = every,
            Fall = fall,
            Rise = rise,
        };
    }

    private void JudgeRepetition(bool isRepeated, string keyword, TextSpan span)
    {
        if (isRepeated)
        {
            found.Add(text.Diagnose(DiagnosticIds.EdgeScriptRepetition, span, $"'{keyword}' is said twice"));
        }
    }

    private void Judge(EdgeWord word, ValueProblem? problem)
    {
        if (problem is { } fault)
        {
            found.Add(text.Diagnose(DiagnosticIds.EdgeScriptValue, word.Span, fault.Message, fault.Hint));
        }
    }
}
