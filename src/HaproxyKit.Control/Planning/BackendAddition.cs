using System.Collections.Immutable;
using HaproxyKit.Catalog;
using HaproxyKit.Control.Planning.Steps;
using HaproxyKit.Model;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Planning;

/// <summary>
/// Plans a backend that was added, where HAProxy can add one: from 3.5 on, with everything but its servers and its mode from a named
/// <c>defaults</c> section that it has read.
/// </summary>
internal static class BackendAddition
{
    /// <summary>The step, or null where the backend takes a reload.</summary>
    internal static AddBackend? Plan(PlanInput input, string name)
    {
        if (input.Running is not { } running
            || running.Version < HaproxyVersion.V3_5
            || running.Proxies.Contains(name)
            || !ServerNames.IsPlain(name)
            || input.ProxiesWanted(name).ToList() is not [Backend { From: { } from } section]
            || PlanInput.HasConditions(section)
            || !IsRead(input, from)
            || section.Directives.Any(line => line is not Server && line.Keyword != "mode")
            || section.Directives["mode"].Count > 1
            || section.Directives["mode"].Any(line => line.Modifier != DirectiveModifier.None))
        {
            return null;
        }

        var view = new BackendView(section);
        var servers = ImmutableArray.CreateBuilder<AddServer>();
        foreach (var line in section.Directives.OfType<Server>())
        {
            if (!ServerNames.IsPlain(line.Name)
                || servers.Any(server => server.Server == line.Name)
                || ServerAddition.Plan(view, line, running.Version, before: null).Step is not { } server)
            {
                return null;
            }

            servers.Add(server);
        }

        return new AddBackend(name, from, section.Mode?.Name) { Servers = servers.DrainToImmutable() };
    }

    /// <summary>Whether HAProxy has read the defaults as they are wanted.</summary>
    private static bool IsRead(PlanInput input, string name) =>
        Only(input.Before, name) is { } before && Only(input.Wanted, name) is { } wanted && before.Bytes.Span.SequenceEqual(wanted.Bytes.Span);

    private static SectionSyntax? Only(ConfigDocument document, string name) =>
        document.FindSections(SectionKind.Defaults, name) is [var ordinal] ? document.GetSection(ordinal) : null;
}
