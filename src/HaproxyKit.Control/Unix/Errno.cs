namespace HaproxyKit.Control.Unix;

/// <summary>The error numbers of Linux that are told apart here.</summary>
internal static class Errno
{
    internal const int NotPermitted = 1;
    internal const int NoEntry = 2;
    internal const int NoProcess = 3;
    internal const int TryAgain = 11;
    internal const int AccessDenied = 13;
    internal const int Busy = 16;
    internal const int Exists = 17;
    internal const int CrossDevice = 18;
    internal const int InvalidArgument = 22;
    internal const int ReadOnlyFileSystem = 30;
    internal const int OutOfRange = 34;
    internal const int NotImplemented = 38;
    internal const int TooManyLinks = 40;
    internal const int NoData = 61;
    internal const int NotSupported = 95;
}
