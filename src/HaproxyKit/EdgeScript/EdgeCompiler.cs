using System.Collections.Immutable;
using HaproxyKit.Diagnostics;
using HaproxyKit.Expressions;
using HaproxyKit.Model;

namespace HaproxyKit.EdgeScript;

/// <summary>Judges what statements say together, and makes configuration and declarations of them.</summary>
internal sealed class EdgeCompiler(EdgeScriptDocument document, SourceText source, EdgeScriptOptions options)
{
    private readonly ImmutableArray<Diagnostic>.Builder _found = ImmutableArray.CreateBuilder<Diagnostic>();

    internal EdgeCompilation Compile()
    {
        _ = BindAddress(1);
        ListenStatement[] statements = [.. document.Statements.OfType<ListenStatement>()];
        FindDuplicates(statements);
        var diagnostics = EdgeScriptDocument.InOrder(document.Diagnostics.Concat(_found));
        if (diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            return new EdgeCompilation(null, [], diagnostics);
        }

        // The text is written whole and read once: adding line by line through the views would copy a section for each of its lines.
        var proxies = new ProxyWriter();
        var declared = ImmutableArray.CreateBuilder<DeclaredPort>();
        foreach (var statement in statements)
        {
            var target = statement.Target!;
            EdgeValues.Port(statement.Port.Text, out var port);
            EdgeValues.Port(target.Port.Text, out var nodePort);
            var check = statement.Check is { } written ? CheckOf(written) : null;
            var comments = statement.Comments.Select(comment => comment.Text);
            if (target.IsPhoneHome)
            {
                declared.Add(new DeclaredPort(port, statement.Name.Text, nodePort, check) { Comments = [.. comments] });
            }
            else
            {
                proxies.Write(statement.Name.Text, BindAddress(port), target.Addresses.Select(address => NodeOf(address, nodePort)), check, comments);
            }
        }

        return new EdgeCompilation(new HaproxyConfig(proxies.ToDocument()), declared.ToImmutable(), diagnostics);
    }

    private Address BindAddress(int port) => new(options.BindHost, port);

    private static Address NodeOf(EdgeWord address, int port)
    {
        EdgeValues.Address(address.Text, out var host);
        return new Address(host, port);
    }

    private static HealthCheck CheckOf(EdgeCheck check)
    {
        var result = new HealthCheck();
        if (check.Every is { } every && EdgeValues.Time(every.Text, out var interval) is null)
        {
            result = result with { Interval = interval };
        }

        if (check.Fall is { } fall && EdgeValues.Count(fall.Text, out var failures) is null)
        {
            result = result with { Fall = failures };
        }

        if (check.Rise is { } rise && EdgeValues.Count(rise.Text, out var successes) is null)
        {
            result = result with { Rise = successes };
        }

        return result;
    }

    private void FindDuplicates(ListenStatement[] statements)
    {
        var ports = new Dictionary<int, ListenStatement>();
        var names = new Dictionary<string, ListenStatement>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            if (EdgeValues.Port(statement.Port.Text, out var port) is null && !ports.TryAdd(port, statement))
            {
                Report(statement.Port, $"port {port} is taken by {ShownText.Quote(ports[port].Name.Text)} on line {ports[port].Line}");
            }

            if (!names.TryAdd(statement.Name.Text, statement))
            {
                Report(statement.Name, $"the name {ShownText.Quote(statement.Name.Text)} is taken on line {names[statement.Name.Text].Line}");
            }
        }
    }

    private void Report(EdgeWord word, string message) => _found.Add(source.Diagnose(DiagnosticIds.EdgeScriptDuplicate, word.Span, message));
}
