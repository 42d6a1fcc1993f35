using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <content>Calls that change nothing are answered from memory.</content>
public sealed partial class MappingReconciler
{
    /// <summary>
    /// The answer to a call that changes nothing of what HAProxy serves, or null. While something else waits on the port, the call waits behind
    /// it: after a goodbye that is still under way, a call is a new wish.
    /// </summary>
    private MappingOutcome? FindServed(MappingIntent.Call call)
    {
        var port = call.Command.FrontendPort;
        if (_waitingOnPort.ContainsKey(port) || _served.Find(call) is not { } answer || _store.Stamps.MustWrite(call.Command))
        {
            return null;
        }

        if (_store.Stamps.Refuse(call.Command) is { } replayed)
        {
            return replayed;
        }

        // First marked, then looked again: a lapse that was begun meanwhile sees the call, or the call sees the lapse.
        _store.NoteCall(port, call.Command.Node);
        if (_waitingOnPort.ContainsKey(port))
        {
            return null;
        }

        if (_store.Stamps.Take(call.Command) is { } taken)
        {
            return taken;
        }

        _arbiter.Note(call.Command);
        return answer;
    }

    /// <summary>Notes that something waits on a port, until it is answered.</summary>
    private void BeginWaiting(PendingIntent pending) => _waitingOnPort.AddOrUpdate(pending.FrontendPort, 1, static (_, count) => count + 1);

    private void EndWaiting(PendingIntent pending)
    {
        while (_waitingOnPort.TryGetValue(pending.FrontendPort, out var count))
        {
            var isDone = count > 1
                ? _waitingOnPort.TryUpdate(pending.FrontendPort, count - 1, count)
                : _waitingOnPort.TryRemove(KeyValuePair.Create(pending.FrontendPort, count));
            if (isDone)
            {
                return;
            }
        }
    }
}
