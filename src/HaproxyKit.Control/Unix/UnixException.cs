using System.Runtime.InteropServices;

namespace HaproxyKit.Control.Unix;

/// <summary>A call of the C library that failed, with its error number.</summary>
/// <param name="message">What was tried, and the system's own words.</param>
/// <param name="number">The error number, as in <see cref="Errno"/>.</param>
internal sealed class UnixException(string message, int number) : IOException(message)
{
    internal int Number { get; } = number;

    /// <summary>The exception for the call that failed last on this thread.</summary>
    internal static UnixException Last(string tried) => Of(tried, Marshal.GetLastPInvokeError());

    internal static UnixException Of(string tried, int number) =>
        new($"{tried}: {Marshal.GetPInvokeErrorMessage(number)}", number);
}
