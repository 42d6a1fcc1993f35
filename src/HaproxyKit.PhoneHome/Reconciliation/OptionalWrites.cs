using HaproxyKit.Control.Deployment;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.PhoneHome.Reconciliation;

/// <summary>Writes to the state folder that only help: where one fails, people are told by an alarm, and all goes on.</summary>
internal sealed class OptionalWrites(AlarmBoard? alarms)
{
    /// <summary>Tries a write, and clears its alarm where it went.</summary>
    /// <param name="alarm">The alarm's key.</param>
    /// <param name="what">What is kept, for the alarm.</param>
    /// <param name="write">Writes it.</param>
    internal void Try(string alarm, string what, Action write)
    {
        try
        {
            write();
            alarms?.Clear(alarm);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            alarms?.Raise(alarm, new Diagnostic
            {
                Id = DiagnosticIds.StateNotWritten,
                Severity = DiagnosticSeverity.Error,
                Message = $"the state folder could not keep {what}: {e.Message}",
                Hint = "make room where the state folder is; new calls may be refused until then",
            });
        }
    }

    /// <summary>Clears an alarm: what it told of has been written another way.</summary>
    internal void Clear(string alarm) => alarms?.Clear(alarm);
}
