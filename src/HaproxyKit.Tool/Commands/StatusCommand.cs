using System.CommandLine;
using System.Text.Json;
using HaproxyKit.Tool.Output;
using HaproxyKit.Tool.Running;

namespace HaproxyKit.Tool.Commands;

/// <summary><c>status</c>: what runs, and whether it is what the file says.</summary>
internal sealed class StatusCommand : Command
{
    private const string About =
        "Shows a running HAProxy: its version, worker and old workers, frontends and servers, where it differs from the file, the last changes, and "
        + "what a person has to look at. Changes nothing; ends with 1 where HAProxy does not answer or differs from the file.";

    private readonly ControlOptions _control = new();
    private readonly Option<OutputFormat> _format = SharedOptions.Format(OutputFormat.Text, OutputFormat.Json);

    internal StatusCommand()
        : base("status", About)
    {
        _control.AddTo(this);
        Add(_format);
        this.Does(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken cancellationToken)
    {
        var settings = _control.Read(arguments);
        var haproxy = RunningHaproxy.Open(settings);
        await using (haproxy.ConfigureAwait(false))
        {
            var status = await new StatusReader(haproxy, settings).ReadAsync(cancellationToken).ConfigureAwait(false);
            if (arguments.GetValue(_format) == OutputFormat.Json)
            {
                output.Line(JsonSerializer.Serialize(status, ToolJsonContext.Readable.StatusJson));
            }
            else
            {
                StatusReport.Write(output, status);
            }

            return status is { Reachable: true, Revision: not null } && Array.TrueForAll(status.Drift, item => item.ByHand) ? ExitCode.Fine : ExitCode.NotFollowed;
        }
    }
}
