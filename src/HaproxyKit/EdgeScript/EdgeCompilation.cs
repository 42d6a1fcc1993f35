using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using HaproxyKit.Diagnostics;
using HaproxyKit.Model;

namespace HaproxyKit.EdgeScript;

/// <summary>What became of an edge script.</summary>
public sealed class EdgeCompilation
{
    internal EdgeCompilation(HaproxyConfig? config, ImmutableArray<DeclaredPort> declaredPorts, ImmutableArray<Diagnostic> diagnostics) =>
        (Config, DeclaredPorts, Diagnostics) = (config, declaredPorts, diagnostics);

    /// <summary>Whether the script has no error; warnings may stand.</summary>
    [MemberNotNullWhen(true, nameof(Config))]
    public bool IsSuccess => Config is not null;

    /// <summary>
    /// The configuration: for each statement with addresses a frontend of its name and a backend <c>NAME:nodes</c>, which depend on no
    /// <c>defaults</c>. Null where the script has an error. It is the caller's own to change.
    /// </summary>
    public HaproxyConfig? Config { get; }

    /// <summary>
    /// The ports whose nodes announce themselves, in the order of the script; they have no proxy in <see cref="Config"/>. Empty where the
    /// script has an error.
    /// </summary>
    public ImmutableArray<DeclaredPort> DeclaredPorts { get; }

    /// <summary>Everything that is wrong with the script, in its order.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }
}
