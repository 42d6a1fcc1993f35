using System.Globalization;
using HaproxyKit.PhoneHome.Contract;
using HaproxyKit.PhoneHome.Tokens;

namespace HaproxyKit.PhoneHome.Policy;

/// <summary>
/// Holds each owner to its quota, also while several of its calls are under way. A call that finds its mapping and its
/// node there costs a look-up and nothing else.
/// </summary>
internal sealed class MappingQuotas(TimeProvider time)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>What is over a count frees itself only when somebody lets go of something.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    /// <summary>After this long a snapshot shows what was served, also where it looks like the one before.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    private readonly Lock changing = new();
    private readonly Dictionary<string, OwnerUse> uses = new(StringComparer.Ordinal);

    /// <summary>Lets a command in, or says which quota is used up.</summary>
    /// <param name="command">The command.</param>
    /// <param name="quota">The quota of its token.</param>
    /// <param name="mappings">The mappings that are there.</param>
    /// <param name="refusal">Which quota is used up, or null.</param>
    /// <returns>What to give back when the command is done, or null where there is nothing to give back.</returns>
    internal QuotaTicket? Enter(
        MappingCommand command, TokenQuota quota, MappingIndex mappings, out MappingOutcome.QuotaExceeded? refusal)
    {
        refusal = null;
        var mapping = mappings[command.FrontendPort];
        if (command.Action == MappingAction.Delete
            || (mapping is not null && !string.Equals(mapping.Owner, command.Owner, StringComparison.Ordinal))
            || (mapping is not null && (command.Node is null || mappings.Find(command.FrontendPort, command.Node) is not null)))
        {
            return null;
        }

        lock (changing)
        {
            if (!uses.TryGetValue(command.Owner, out var use))
            {
                uses[command.Owner] = use = new OwnerUse();
            }

            use.Forget(mappings, time);
            refusal = RefuseNode(command, quota, mapping, use);
            var makes = mapping is null && !use.IsUnderWay(command.FrontendPort);
            if (refusal is null && makes)
            {
                refusal = RefuseMapping(command.Owner, quota, mappings, use);
            }

            return refusal is null ? use.Enter(command, mappings, makes) : null;
        }
    }

    /// <summary>Gives back what a command held.</summary>
    /// <param name="ticket">From <see cref="Enter"/>.</param>
    /// <param name="outcome">What became of the command, or null where it failed.</param>
    internal void Leave(QuotaTicket ticket, MappingOutcome? outcome)
    {
        lock (changing)
        {
            uses[ticket.Owner].Leave(ticket, outcome is MappingOutcome.Served, MayBeMade(outcome), time.GetTimestamp());
        }
    }

    /// <summary>Gives back what a command held that was not carried out and will not be.</summary>
    /// <param name="ticket">From <see cref="Enter"/>.</param>
    internal void GiveBack(QuotaTicket? ticket)
    {
        if (ticket is not null)
        {
            lock (changing)
            {
                uses[ticket.Owner].Leave(ticket, false, false, time.GetTimestamp());
            }
        }
    }

    /// <summary>
    /// What was refused has made no frontend, and what was there already neither: after a restart the first snapshot may be
    /// empty.
    /// </summary>
    private static bool MayBeMade(MappingOutcome? outcome) => outcome
        is null or MappingOutcome.TimedOut or MappingOutcome.Unreachable or MappingOutcome.ConfigurationUnavailable
            or MappingOutcome.Served { Change: MappingChange.Created, Reloaded: true };

    private static MappingOutcome.QuotaExceeded? RefuseNode(
        MappingCommand command, TokenQuota quota, MappingStatus? mapping, OwnerUse use)
    {
        var nodes = (mapping?.Nodes.Count ?? 0) + use.NodesUnderWay(command.FrontendPort, except: command.Node);
        return nodes >= quota.MaxNodes
            ? new MappingOutcome.QuotaExceeded
            {
                Message = string.Create(
                    CultureInfo.InvariantCulture, $"a mapping of this token has {quota.MaxNodes} nodes at most"),
                RetryAfter = Pause,
            }
            : null;
    }

    private MappingOutcome.QuotaExceeded? RefuseMapping(
        string owner, TokenQuota quota, MappingIndex mappings, OwnerUse use)
    {
        if (mappings.CountOf(owner) + use.PortsUnderWay >= quota.MaxMappings)
        {
            return new MappingOutcome.QuotaExceeded
            {
                Message = string.Create(
                    CultureInfo.InvariantCulture, $"the owner of this token has {quota.MaxMappings} mappings at most"),
                RetryAfter = Pause,
            };
        }

        // Of those under way it is not known yet whether they make one.
        return use.MadeWithinTheHour + use.MakersUnderWay >= quota.NewFrontendsPerHour
            ? new MappingOutcome.QuotaExceeded
            {
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{quota.NewFrontendsPerHour} new frontends an hour are made for the owner of this token at most"),
                RetryAfter = use.MadeWithinTheHour < quota.NewFrontendsPerHour ? Moment
                    : use.FirstMade is { } first ? Hour - time.GetElapsedTime(first)
                    : Hour,
            }
            : null;
    }

    /// <summary>What one owner has under way, and has had made within the hour.</summary>
    private sealed class OwnerUse
    {
        private readonly List<QuotaTicket> underWay = [];
        private readonly Queue<long> made = new();

        /// <summary>How many mappings are under way that the snapshot does not show yet.</summary>
        internal int PortsUnderWay => underWay.Where(ticket => ticket.IsNewPort).Select(ticket => ticket.FrontendPort).Distinct().Count();

        internal int MadeWithinTheHour => made.Count;

        internal int MakersUnderWay => underWay.Count(ticket => ticket.Makes && ticket.ServedAt is null);

        internal long? FirstMade => made.TryPeek(out var first) ? first : null;

        internal bool IsUnderWay(int port) => underWay.Exists(ticket => ticket.FrontendPort == port && ticket.IsNewPort);

        internal int NodesUnderWay(int port, string? except) => underWay
            .Where(ticket => ticket.FrontendPort == port && !string.Equals(ticket.Node, except, StringComparison.Ordinal))
            .Select(ticket => ticket.Node)
            .Distinct(StringComparer.Ordinal)
            .Count();

        /// <summary>
        /// Forgets what was made more than an hour ago, and what was served: as soon as there is another snapshot than the
        /// one that the command was judged by, that one tells.
        /// </summary>
        internal void Forget(MappingIndex mappings, TimeProvider time)
        {
            underWay.RemoveAll(ticket => ticket.ServedAt is { } served
                && (!ReferenceEquals(ticket.JudgedBy, mappings.Mappings) || time.GetElapsedTime(served) > LongestDelay));
            while (made.TryPeek(out var first) && time.GetElapsedTime(first) >= Hour)
            {
                made.Dequeue();
            }
        }

        internal QuotaTicket Enter(MappingCommand command, MappingIndex mappings, bool makes)
        {
            var ticket = new QuotaTicket(command, mappings, makes);
            underWay.Add(ticket);
            return ticket;
        }

        internal void Leave(QuotaTicket ticket, bool isServed, bool mayBeMade, long now)
        {
            ticket.ServedAt = now;
            if (!isServed)
            {
                underWay.Remove(ticket);
            }

            if (ticket.Makes && mayBeMade)
            {
                made.Enqueue(now);
            }
        }
    }
}
