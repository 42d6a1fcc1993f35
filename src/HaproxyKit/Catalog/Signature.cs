using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace HaproxyKit.Catalog;

/// <summary>
/// What may follow a name, as a pattern: <c>word</c>, <c>&lt;kind&gt;</c>, <c>&lt;label:kind 1..256&gt;</c>, <c>[ ... ]</c> for what may be
/// left out, <c>{ a | b }</c> for one of several, <c>*{ a | b }</c> for any number of them, <c>x...</c> for one or more, <c>@bind</c>,
/// <c>@server</c> and <c>@cond</c> for parts that many lines share. In front may stand the values in the parentheses of
/// the name: <c>(&lt;variable&gt;[,&lt;word&gt;])</c>.
/// </summary>
public sealed class Signature
{
    internal Signature(byte[] text, ImmutableArray<SignatureStep> steps, ImmutableArray<SignatureSlot> slots, ImmutableArray<SignatureSlot> parameters)
    {
        TextBytes = text;
        Steps = steps;
        Slots = slots;
        Parameters = parameters;
    }

    /// <summary>Nothing may follow.</summary>
    public static Signature Empty { get; } = new([], [new SignatureStep(SignatureOperation.End)], [], []);

    /// <summary>The pattern as it is written; empty where nothing may follow.</summary>
    public string Text => Encoding.UTF8.GetString(TextBytes);

    /// <summary>The places of all values, in order.</summary>
    public ImmutableArray<SignatureSlot> Slots { get; }

    /// <summary>The values in the parentheses of the name.</summary>
    public ImmutableArray<SignatureSlot> Parameters { get; }

    internal byte[] TextBytes { get; }

    internal ImmutableArray<SignatureStep> Steps { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="signature">The signature; null when the pattern has a mistake.</param>
    /// <param name="mistake">What is wrong, and where; null when nothing is.</param>
    /// <returns>Whether the pattern has no mistake.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out Signature? signature, [NotNullWhen(false)] out string? mistake)
    {
        ArgumentNullException.ThrowIfNull(text);
        var compiler = new SignatureCompiler(Encoding.UTF8.GetBytes(text));
        signature = compiler.Compile();
        mistake = compiler.Mistake;
        return signature is not null;
    }

    /// <summary>The pattern.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;

    /// <summary>A signature of one value.</summary>
    internal static Signature Of(SignatureSlot slot) =>
        new([], [new SignatureStep(SignatureOperation.Value), new SignatureStep(SignatureOperation.End)], [slot], []);

    /// <summary>Compiles a pattern of the table, which has no mistake.</summary>
    internal static Signature Compile(byte[] text)
    {
        var compiler = new SignatureCompiler(text);
        return compiler.Compile() ?? throw new InvalidOperationException($"{Encoding.UTF8.GetString(text)}: {compiler.Mistake}");
    }
}
