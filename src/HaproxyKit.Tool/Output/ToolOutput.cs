using System.Text;

namespace HaproxyKit.Tool.Output;

/// <summary>
/// Standard output and standard error. Output is UTF-8 and goes out at the end; a reader that goes away early
/// (<c>| head</c>) is no error.
/// </summary>
internal sealed class ToolOutput : IDisposable
{
    private const string Name = "haproxykit";

    private readonly Stream _stream = Console.OpenStandardOutput();
    private readonly StreamWriter _text;

    internal ToolOutput()
    {
        _text = new StreamWriter(_stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024);
        HasColour = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
    }

    /// <summary>
    /// Whether colours are seen: on a terminal, unless <c>NO_COLOR</c> is set (https://no-color.org).
    /// </summary>
    internal bool HasColour { get; }

    internal void Line(string text) => _text.Write(text + "\n");

    /// <summary>A line in a colour, where there are colours.</summary>
    internal void Line(string text, Colour colour) =>
        Line(HasColour && colour != Colour.None ? $"\u001b[{(int)colour}m{text}\u001b[0m" : text);

    /// <summary>Bytes as they are, behind what was written before.</summary>
    internal void Bytes(ReadOnlySpan<byte> bytes)
    {
        _text.Flush();
        _stream.Write(bytes);
    }

    /// <summary>One line on standard error.</summary>
    internal void Error(string message)
    {
        _text.Flush();
        Console.Error.WriteLine($"{Name}: {message}");
    }

    public void Dispose()
    {
        _text.Dispose();
        _stream.Dispose();
    }
}
