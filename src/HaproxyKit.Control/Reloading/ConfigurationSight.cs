using HaproxyKit.Control.Checking;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Reloading;

/// <summary>What the files of a HAProxy say now, as far as a reload must know before it is asked for.</summary>
/// <param name="Problem">Why HAProxy must not read them, or null.</param>
/// <param name="IsTorn">
/// Whether a file is missing or cannot be read to its end: a line without an end, a NUL, an open quote. A master of 3.3
/// or later that has tried to load such files ends with all its workers when its socket is opened the next time.
/// </param>
/// <param name="Listeners">The frontends and listen sections that any HAProxy opens when it reads them.</param>
internal sealed record ConfigurationSight(Diagnostic? Problem, bool IsTorn, IReadOnlySet<string> Listeners)
{
    private static readonly HashSet<string> Torn = new(StringComparer.Ordinal)
    {
        DiagnosticIds.UnmatchedQuote,
        DiagnosticIds.InvalidHexEscape,
        DiagnosticIds.InvalidVariableName,
        DiagnosticIds.UnmatchedBrace,
        DiagnosticIds.TooManyWords,
        DiagnosticIds.StrayNul,
        DiagnosticIds.MissingFinalNewline,
        DiagnosticIds.UnclosedCondition,
    };

    private static readonly HashSet<string> NoListeners = [];

    /// <summary>The files of an invocation, by the names under which they can be opened.</summary>
    internal static IEnumerable<string> Files(HaproxyInvocation invocation) =>
        ConfigFileList.Expand(invocation).Select(file => Path.GetFullPath(file, invocation.ConfigFolder));

    /// <returns>What the files say, or null where this process may not read them.</returns>
    internal static ConfigurationSight? Read(HaproxyInvocation invocation)
    {
        var listeners = new HashSet<string>(StringComparer.Ordinal);
        var hasBind = false;
        var mayBeDisabled = false;
        foreach (var file in Files(invocation))
        {
            byte[] content;
            try
            {
                content = File.ReadAllBytes(file);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return new ConfigurationSight(Error(DiagnosticIds.ReloadFailed, $"HAProxy is not reloaded: {file} is not there"), true, NoListeners);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }

            var document = ConfigDocument.Parse(content, file);
            if (content.Length > 0 && FindTear(document) is { } tear)
            {
                return new ConfigurationSight(tear, true, NoListeners);
            }

            foreach (var section in new HaproxyConfig(document).Sections.OfType<ProxySection>())
            {
                if (section.Kind == SectionKind.Defaults)
                {
                    mayBeDisabled |= IsDisabled(section);
                    continue;
                }

                var binds = section.Directives.OfType<Bind>().ToList();
                hasBind |= binds.Count > 0;
                if (binds.Exists(bind => bind.Conditions.Count == 0) && !IsDisabled(section) && IsPlain(section.Name))
                {
                    listeners.Add(section.Name);
                }
            }
        }

        return hasBind
            ? new ConfigurationSight(null, false, mayBeDisabled ? NoListeners : listeners)
            : new ConfigurationSight(
                Error(DiagnosticIds.NoListener, "HAProxy is not reloaded: its files have no bind, and it would close every port"), false, NoListeners);
    }

    private static Diagnostic? FindTear(ConfigDocument document) =>
        document.Diagnose().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error && Torn.Contains(found.Id)) is { } found
            ? found with { Message = $"HAProxy is not reloaded: {found.Message}" }
            : null;

    private static bool IsDisabled(ProxySection section) =>
        section.Directives.Any(directive => string.Equals(directive.Keyword, "disabled", StringComparison.Ordinal));

    private static bool IsPlain(string name) => name.Length > 0 && !name.Contains('$', StringComparison.Ordinal);

    private static Diagnostic Error(string id, string message) =>
        new() { Id = id, Severity = DiagnosticSeverity.Error, Message = message };
}
