namespace HaproxyKit.Syntax;

/// <summary>Decodes the words of a line where the environment is known.</summary>
internal static class WordExpander
{
    internal static List<byte[]> Expand(ReadOnlySpan<byte> line, ConfigEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var words = new List<byte[]>();
        foreach (var word in new WordEnumerator(line))
        {
            if (word.IsPlain)
            {
                words.Add(word.Raw.ToArray());
                continue;
            }

            var sink = new ExpandingSink(environment, words);
            WordReader.Read(word.Raw, 0, ref sink);
            sink.Finish();
        }

        return words;
    }
}
