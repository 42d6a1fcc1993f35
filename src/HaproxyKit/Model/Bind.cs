using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>A <c>bind</c> line: where a frontend listens (configuration manual, chapters 4.2 and 5.1).</summary>
public sealed class Bind : BindLine
{
    internal const string KeywordText = "bind";

    internal Bind(Section section, int line)
        : base(section, line)
    {
    }

    /// <summary>
    /// The addresses, which HAProxy takes with commas between them. An empty list where the line has none.
    /// </summary>
    public IReadOnlyList<Address> Addresses =>
        Arguments.Count == 0 ? [] : [.. Arguments[0].Value.Split(',').Where(text => Address.TryParse(text, out _)).Select(Address.Parse)];

    /// <summary>Makes the listener take TLS with a certificate: <c>ssl crt FILE</c>.</summary>
    /// <param name="certificate">A file with certificate and key, or a folder of such files.</param>
    /// <returns>This line, for more of the same.</returns>
    /// <exception cref="ArgumentException">The path is empty or holds a control character.</exception>
    public Bind Ssl(string certificate)
    {
        // Judged before the first change, so that a refused path does not leave half of it.
        WordWriter.Quote(certificate);
        if (Arguments.Contains("ssl") || Arguments.Contains("crt"))
        {
            Arguments.Set("ssl").Set("crt", certificate);
        }
        else
        {
            Arguments.Add("ssl", "crt", certificate);
        }

        return this;
    }
}
