using System.CommandLine;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Tool.Input;
using HaproxyKit.Tool.Output;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>check FILE...</c>: finds mistakes, without HAProxy or with it.</summary>
internal static class CheckCommand
{
    private const string DefaultProgram = "haproxy";

    internal static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files or folders, each a configuration of its own; - is standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var together = new Option<string[]>("-f")
        {
            Description = "A file or a folder of one configuration, as HAProxy's own -f; may be given several times.",
            HelpName = "FILE",
        };
        var version = SharedOptions.Version("The HAProxy that the configuration is for; 3.2 where nothing is said.");
        var format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json, OutputFormat.Sarif);
        var severity = new Option<DiagnosticSeverity>("--severity")
        {
            Description = "Leave out what is less grave: error, warning or info.",
            DefaultValueFactory = _ => DiagnosticSeverity.Info,
        };
        var withHaproxy = new Option<bool>("--with-haproxy") { Description = "Have HAProxy itself check too (haproxy -c)." };
        var program = new Option<string>("--haproxy-program")
        {
            Description = "The HAProxy for --with-haproxy.",
            DefaultValueFactory = _ => DefaultProgram,
            HelpName = "PATH",
        };
        var command = new Command("check", "Finds mistakes in configurations; ends with 1 where there are errors or warnings.")
        {
            files, together, version, severity, withHaproxy, program, format,
        };
        command.Does(async (arguments, output, cancellationToken) =>
        {
            var findings = new List<Diagnostic>();
            foreach (var input in Inputs(arguments.GetValue(together) ?? [], arguments.GetValue(files) ?? []))
            {
                findings.AddRange(Analyze(input, arguments.GetValue(version) ?? HaproxyVersion.V3_2));
                if (arguments.GetValue(withHaproxy))
                {
                    var told = await HaproxyCheck.RunAsync(input, arguments.GetRequiredValue(program), cancellationToken).ConfigureAwait(false);
                    findings.AddRange(told);
                }
            }

            findings.RemoveAll(finding => finding.Severity < arguments.GetValue(severity));
            FindingWriter.Write(output, arguments.GetValue(format), findings);
            return findings.Exists(finding => finding.Severity >= DiagnosticSeverity.Warning) ? ExitCode.Findings : ExitCode.Fine;
        });
        return command;
    }

    private static List<ConfigInput> Inputs(string[] together, string[] files)
    {
        if (together.Length == 0 && files.Length == 0)
        {
            throw new ToolException("name a file to check: haproxykit check /etc/haproxy/haproxy.cfg");
        }

        var inputs = files.Select(file => ConfigInput.Read([file])).ToList();
        return together.Length == 0 ? inputs : [ConfigInput.Read(together), .. inputs];
    }

    private static IEnumerable<Diagnostic> Analyze(ConfigInput input, HaproxyVersion version)
    {
        _ = version;
        return input.Documents.SelectMany(document => document.Diagnose());
    }
}
