using System.Globalization;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace HaproxyKit.Testing;

/// <summary>Checks laws: what must hold for every value of a kind, tried on many random ones.</summary>
/// <remarks>
/// The environment's <c>HAPROXYKIT_LAW_FACTOR</c> multiplies the number of cases for long runs. A failure shows the
/// smallest value found, and what to set as <c>HAPROXYKIT_LAW_REPLAY</c> to see the same failure again.
/// </remarks>
public static class Laws
{
    private const string FactorVariable = "HAPROXYKIT_LAW_FACTOR";
    private const string ReplayVariable = "HAPROXYKIT_LAW_REPLAY";

    /// <summary>Checks a property, and fails the test with the smallest value for which it does not hold.</summary>
    /// <param name="law">The property.</param>
    /// <param name="cases">How many values are tried, before the environment's factor.</param>
    /// <param name="name">The law's name in a failure: the calling test.</param>
    public static void Check(Property law, int cases = 1_000, [CallerMemberName] string name = "")
    {
        var config = Config.Default
            .WithMaxTest(checked(cases * Factor()))
            .WithReplay(Replayed())
            .WithRunner(new LawRunner(ReplayVariable));
        FsCheck.Check.One(name, config, law);
    }

    /// <summary>Checks that a condition holds for every value.</summary>
    /// <typeparam name="T">The kind of value.</typeparam>
    /// <param name="values">Where the values come from, and how they shrink.</param>
    /// <param name="holds">The condition; an exception counts as false.</param>
    /// <param name="cases">How many values are tried, before the environment's factor.</param>
    /// <param name="name">The law's name in a failure: the calling test.</param>
    public static void Check<T>(
        Arbitrary<T> values, Func<T, bool> holds, int cases = 1_000, [CallerMemberName] string name = "") =>
        Check(Prop.ForAll(values, holds), cases, name);

    /// <summary>Checks that assertions hold for every value.</summary>
    /// <typeparam name="T">The kind of value.</typeparam>
    /// <param name="values">Where the values come from, and how they shrink.</param>
    /// <param name="assert">The assertions.</param>
    /// <param name="cases">How many values are tried, before the environment's factor.</param>
    /// <param name="name">The law's name in a failure: the calling test.</param>
    public static void Check<T>(
        Arbitrary<T> values, Action<T> assert, int cases = 1_000, [CallerMemberName] string name = "") =>
        Check(Prop.ForAll(values, assert), cases, name);

    private static int Factor()
    {
        var text = Environment.GetEnvironmentVariable(FactorVariable);
        if (string.IsNullOrEmpty(text))
            return 1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var factor) && factor > 0
            ? factor
            : throw new InvalidOperationException($"{FactorVariable} must be a whole number from 1, and is '{text}'");
    }

    private static FSharpOption<Replay>? Replayed()
    {
        var text = Environment.GetEnvironmentVariable(ReplayVariable);
        if (string.IsNullOrEmpty(text))
            return FSharpOption<Replay>.None;
        var parts = text.Split(',');
        if (parts.Length != 3)
            throw new InvalidOperationException($"{ReplayVariable} must be seed,gamma,size, and is '{text}'");
        var seed = ulong.Parse(parts[0], CultureInfo.InvariantCulture);
        var gamma = ulong.Parse(parts[1], CultureInfo.InvariantCulture);
        return new Replay(new Rnd(seed, gamma), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
