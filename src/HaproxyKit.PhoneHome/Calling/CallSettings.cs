using System.Globalization;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Calling;

/// <summary>What the sidecar says of its mapping besides the node: the variables, judged as the webhook will judge them.</summary>
internal static class CallSettings
{
    private static readonly (string Field, string Variable, Func<PhoneHomeCallerOptions, string?> Read)[] Variables =
    [
        (FieldNames.Weight, "WEIGHT", options => options.Weight),
        (FieldNames.BindAddress, "BIND_ADDRESS", options => options.BindAddress),
        (FieldNames.CheckKind, "CHECK", options => options.Check),
        (FieldNames.CheckPath, "CHECK_PATH", options => options.CheckPath),
        (FieldNames.CheckInterval, "CHECK_INTERVAL", options => options.CheckInterval),
        (FieldNames.CheckTimeout, "CHECK_TIMEOUT", options => options.CheckTimeout),
        (FieldNames.CheckFall, "CHECK_FALL", options => options.CheckFall),
        (FieldNames.CheckRise, "CHECK_RISE", options => options.CheckRise),
        (FieldNames.Balance, "BALANCE", options => options.Balance),
        (FieldNames.Sticky, "STICKY", options => options.Sticky),
        (FieldNames.MaxConnections, "MAX_CONNECTIONS", options => options.MaxConnections),
        (FieldNames.Drain, "DRAIN", options => options.Drain),
    ];

    /// <summary>Adds the settings to a request.</summary>
    /// <param name="options">The variables.</param>
    /// <param name="format">The format that is spoken: the incumbent's has none of them.</param>
    /// <param name="request">The request without them.</param>
    /// <param name="problems">Gets one line for each variable that is wrong.</param>
    internal static PhoneHomeRequest Add(
        PhoneHomeCallerOptions options, RequestFormat format, PhoneHomeRequest request, List<string> problems)
    {
        var said = Variables.Where(variable => !string.IsNullOrEmpty(variable.Read(options))).ToList();
        if (said.Count == 0)
        {
            return request;
        }

        if (format == RequestFormat.Incumbent)
        {
            problems.AddRange(said.Select(variable => $"{variable.Variable} cannot be said in the format of {CallPlan.IncumbentPath}"));
            return request;
        }

        string? Text(string field) => said.Find(variable => variable.Field == field).Read?.Invoke(options);
        var fields = new FieldProblems();
        var whole = request with
        {
            Weight = ReadNumber(Text(FieldNames.Weight), FieldNames.Weight, fields),
            BindAddress = Text(FieldNames.BindAddress),
            Check = said.Exists(variable => variable.Field.StartsWith(FieldNames.Check, StringComparison.Ordinal)) ? ReadCheck(Text, fields) : null,
            Balance = Text(FieldNames.Balance),
            Sticky = Text(FieldNames.Sticky),
            MaxConnections = ReadNumber(Text(FieldNames.MaxConnections), FieldNames.MaxConnections, fields),
            Drain = Text(FieldNames.Drain),
        };
        SettingsReader.ReadCount(whole.Weight, FieldNames.Weight, PhoneHomeLimits.MinWeight, PhoneHomeLimits.MaxWeight, fields);
        SettingsReader.Read(whole.Settings, fields);
        problems.AddRange(fields.InOrder().Select(problem =>
            $"{Array.Find(Variables, variable => variable.Field == problem.Field).Variable} {problem.Message}"));
        return whole;
    }

    private static PhoneHomeCheck ReadCheck(Func<string, string?> text, FieldProblems fields) => new()
    {
        Kind = text(FieldNames.CheckKind),
        Path = text(FieldNames.CheckPath),
        Interval = text(FieldNames.CheckInterval),
        Timeout = text(FieldNames.CheckTimeout),
        Fall = ReadNumber(text(FieldNames.CheckFall), FieldNames.CheckFall, fields),
        Rise = ReadNumber(text(FieldNames.CheckRise), FieldNames.CheckRise, fields),
    };

    private static int? ReadNumber(string? text, string field, FieldProblems fields)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        fields.Add(field, "must be a whole number");
        return null;
    }
}
