using HaproxyKit.Control.Planning;
using HaproxyKit.Syntax;

namespace HaproxyKit.Control.Deployment;

/// <summary>A request's edit in its place among others: what it found, what it made of it, and what that needs.</summary>
/// <param name="Ticket">The request.</param>
/// <param name="Before">The document with the edits of all before it.</param>
/// <param name="After">The same with its own.</param>
/// <param name="Touched">The sections that it changed.</param>
internal sealed record ComposedChange(DeploymentTicket Ticket, ConfigDocument Before, ConfigDocument After, TouchedSections Touched)
{
    internal DeploymentRequest Request => Ticket.Request;

    /// <summary>What HAProxy needs for it, without what one before it needs too.</summary>
    internal DeploymentPlan Plan { get; init; } = DeploymentPlan.Empty;

    /// <summary>Whether HAProxy has to be asked before: where lines change that are not ours.</summary>
    internal bool NeedsCheck => Plan.NeedsReload || !Touched.AreProxies || !Touched.Proxies.All(Request.IsManaged);

    /// <summary>The reverse change, on whatever the file holds then.</summary>
    internal ConfigDocument Undo(ConfigDocument current) =>
        Request.Undo is { } undo ? undo(current) : ReverseEdit.Between(Before, After).Apply(current);
}
