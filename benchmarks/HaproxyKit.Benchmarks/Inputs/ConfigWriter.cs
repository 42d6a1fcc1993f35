using System.Globalization;
using System.Text;

namespace HaproxyKit.Benchmarks.Inputs;

/// <summary>Collects the lines of a generated file; numbers are written the same everywhere.</summary>
internal sealed class ConfigWriter
{
    private readonly StringBuilder _text = new();

    internal void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    internal void Lines(string lines) => _text.Append(lines);

    internal byte[] ToBytes() => Encoding.ASCII.GetBytes(_text.ToString());
}
