using FsCheck;
using FsCheck.Fluent;
using HaproxyKit.Expressions;
using HaproxyKit.Model;

namespace HaproxyKit.Tests.Model;

/// <summary>Values of the types that properties have, the worst among them.</summary>
internal static class TypedValues
{
    private static readonly string[] Words =
        [.. TypedProperty.All.Select(property => property.Description.Words.Split(' ')[^1]).Distinct(StringComparer.Ordinal), "if", "unless", "x", "a-b", "no", "on", "off", "-1"];

    /// <summary>A value of a type; never null.</summary>
    internal static Gen<object> Of(Type type) =>
        type == typeof(string) ? Text.Select(text => (object)text)
        : type == typeof(int?) ? Gen.OneOf(Gen.Elements(-1, 0, 1, 99, 200, 301, 503, 1024, 65535, 65536, int.MaxValue, int.MinValue), Gen.Choose(0, 300)).Select(n => (object)n)
        : type == typeof(long?) ? Gen.Elements(-1L, 0L, 1L, 1024L, 16384L, uint.MaxValue, uint.MaxValue + 1L, long.MaxValue).Select(n => (object)n)
        : type == typeof(TimeSpan?) ? Gen.OneOf(Gen.Choose(0, 100_000).Select(n => TimeSpan.FromMilliseconds(n)), Gen.Elements(TimeSpan.Zero, TimeSpan.FromMicroseconds(7), HaproxyTime.Max, TimeSpan.MaxValue, TimeSpan.FromSeconds(-1), TimeSpan.FromTicks(3))).Select(t => (object)t)
        : type == typeof(bool) || type == typeof(bool?) ? Gen.Elements<object>(true, false)
        : type == typeof(Address?) ? Text.Select(text => (object)(Address.TryParse(text, out var address) ? address : new Address("10.0.0.9", 8080)))
        : type == typeof(ProxyMode?) ? Text.Select(text => (object)new ProxyMode(text))
        : type == typeof(IReadOnlyList<string>) ? Text.ListOf().Select(list => (object)(IReadOnlyList<string>)[.. list.Take(4)])
        : throw new InvalidOperationException($"No values of {type}");

    private static Gen<string> Text => Gen.Frequency((3, HostileValues.Any.Generator), (2, Gen.Elements(Words)), (1, Gen.Elements(Words).Two().Select(pair => $"{pair.Item1} {pair.Item2}")));
}
