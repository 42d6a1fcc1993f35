using System.Collections.Immutable;
using HaproxyKit.Diagnostics;

namespace HaproxyKit.EdgeScript;

/// <summary><c>to phone-home port N</c> or <c>to ADDRESS, ADDRESS port N</c>: where connections go.</summary>
public sealed class EdgeTarget
{
    internal EdgeTarget(TextSpan span, ImmutableArray<EdgeWord> addresses, EdgeWord port) => (Span, Addresses, Port) = (span, addresses, port);

    /// <summary>The bytes from <c>to</c> to the port.</summary>
    public TextSpan Span { get; }

    /// <summary>Whether nodes announce themselves; then there are no addresses.</summary>
    public bool IsPhoneHome => Addresses.IsEmpty;

    /// <summary>The addresses as they are written: IPv4, IPv6 in brackets, or host names. Empty for <c>phone-home</c>.</summary>
    public ImmutableArray<EdgeWord> Addresses { get; }

    /// <summary>The port of the nodes as it is written.</summary>
    public EdgeWord Port { get; }
}
