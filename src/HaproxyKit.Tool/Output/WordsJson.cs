namespace HaproxyKit.Tool.Output;

/// <summary>The words of one line as JSON.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Words">The decoded words.</param>
internal sealed record WordsJson(string? File, int Line, string[] Words);
