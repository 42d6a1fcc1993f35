using System.Globalization;

namespace HaproxyKit.AspNetCore.Tests.Support;

/// <summary>How often a fault is tried: a few times in the ordinary suite, as often as the promise says in the long one.</summary>
internal static class LongForm
{
    private static readonly bool IsAsked =
        int.TryParse(Environment.GetEnvironmentVariable("HAPROXYKIT_LAW_FACTOR"), NumberStyles.None, CultureInfo.InvariantCulture, out var factor) && factor > 1;

    internal static int Times(int shortForm, int longForm) => IsAsked ? longForm : shortForm;

    /// <summary>What was counted, for whoever reads the test's output.</summary>
    internal static void Tell(string what) => TestContext.Current.TestOutputHelper?.WriteLine(what);
}
