using System.Collections.Immutable;
using System.Text;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.EdgeScript;

/// <summary>
/// An edge script: a small text that says what a load balancer exposes. An immutable value for any number of threads that keeps every byte,
/// so that it prints what was read.
/// </summary>
/// <example>
/// <code>
/// # edge.lb
/// listen 443 as traefik {
///   to phone-home port 30443            # nodes announce themselves
///   check every 2s fall 3 rise 2
/// }
/// listen 6443 as kubernetes-api to 192.0.2.125, 192.0.2.126, [2001:db8::7] port 6443 check
/// </code>
/// </example>
/// <remarks>
/// A statement is a line, or a line that ends in <c>{</c> and the lines up to its <c>}</c>; <c>#</c> begins a comment wherever it stands.
/// Nothing that a script says makes <see cref="Parse(ReadOnlySpan{byte}, string?)"/> throw; what is wrong with it is told by
/// <see cref="Diagnostics"/>, all of it at once. Offsets and columns are bytes.
/// </remarks>
public sealed class EdgeScriptDocument
{
    private readonly SourceText _source;

    private EdgeScriptDocument(byte[] bytes, string? path)
    {
        _source = new SourceText(bytes, path);
        var splitter = StatementSplitter.Split(_source);
        Comments = [.. splitter.Comments.Select(comment => new EdgeComment(_source.Text(comment.Span)[1..].Trim(), comment.Span, comment.IsAlone))];

        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var reader = new StatementReader(_source, found);
        var comments = new CommentAssignment(_source, Comments);
        Statements = [.. splitter.Statements.Select(statement => reader.Read(statement, comments.Of(statement)))];
        Diagnostics = InOrder(found);
    }

    /// <summary>The file's name as it was given, for diagnostics; null where there is none.</summary>
    public string? Path => _source.Path;

    /// <summary>The number of bytes.</summary>
    public int Length => _source.Bytes.Length;

    /// <summary>The statements in order. One that was not understood is an <see cref="UnreadStatement"/>.</summary>
    public ImmutableArray<EdgeStatement> Statements { get; }

    /// <summary>All comments in order, also those that belong to no statement.</summary>
    public ImmutableArray<EdgeComment> Comments { get; }

    /// <summary>
    /// Everything that is wrong with single statements, in the order of the text. What is wrong between statements, such as a port that two of
    /// them take, is told by <see cref="Compile"/>.
    /// </summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>Reads a script.</summary>
    /// <param name="text">The bytes of a script; they are copied.</param>
    /// <param name="path">The file's name, for diagnostics.</param>
    /// <returns>The document. It never throws because of what the bytes are.</returns>
    public static EdgeScriptDocument Parse(ReadOnlySpan<byte> text, string? path = null) => new(text.ToArray(), path);

    /// <summary>Reads a script, which is kept as UTF-8.</summary>
    /// <param name="text">The text of a script.</param>
    /// <param name="path">The file's name, for diagnostics.</param>
    /// <returns>The document.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="text"/> holds half of a surrogate pair, which no file can hold.</exception>
    public static EdgeScriptDocument Parse(string text, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new EdgeScriptDocument(StrictUtf8.GetBytes(text, nameof(text)), path);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <returns>The document.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static EdgeScriptDocument Load(string path) => new(File.ReadAllBytes(path), path);

    /// <summary>Makes HAProxy's configuration of the script.</summary>
    /// <param name="options">Settings that a script does not say, or null for the usual ones.</param>
    /// <returns>The configuration and the declared ports; or where the script has an error, neither, and all that is wrong with it.</returns>
    /// <exception cref="ArgumentException">An option has no meaning to HAProxy.</exception>
    public EdgeCompilation Compile(EdgeScriptOptions? options = null) =>
        new EdgeCompiler(this, _source, options ?? new EdgeScriptOptions()).Compile();

    /// <summary>The bytes of the script, as they were read.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes() => _source.Bytes.ToArray();

    /// <summary>The script as text.</summary>
    /// <returns>The text; bytes that are no UTF-8 appear as U+FFFD.</returns>
    public override string ToString() => Encoding.UTF8.GetString(_source.Bytes);

    /// <summary>Findings in the order of the text; those about one place stay as they were found.</summary>
    internal static ImmutableArray<Diagnostic> InOrder(IEnumerable<Diagnostic> found) => [.. found.OrderBy(diagnostic => diagnostic.Span.Start)];
}
