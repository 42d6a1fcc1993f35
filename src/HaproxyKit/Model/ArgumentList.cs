using System.Collections;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>
/// The words of a directive behind its keyword, in order. A change touches only the words that it names.
/// </summary>
public sealed class ArgumentList : IReadOnlyList<Argument>
{
    private readonly Directive _directive;

    internal ArgumentList(Directive directive) => _directive = directive;

    /// <summary>How many words stand behind the keyword.</summary>
    public int Count => _directive.WordCount - _directive.FirstArgument;

    /// <summary>One argument.</summary>
    /// <param name="index">Its place behind the keyword, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    public Argument this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new Argument(_directive, _directive.FirstArgument + index);
        }
    }

    /// <summary>Whether a named word is there, such as <c>check</c> on a server or <c>ssl</c> on a bind.</summary>
    /// <param name="name">The word. A value that reads the same does not count where the words with values are
    /// known.</param>
    /// <returns>True when the word is there.</returns>
    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>The value behind a named word, such as <c>crt</c> or <c>weight</c>.</summary>
    /// <param name="name">The word.</param>
    /// <returns>The word behind it, or null where the name is not there or the line ends behind it.</returns>
    public string? Get(string name)
    {
        var index = IndexOf(name);
        return index >= 0 && index + 1 < Count ? this[index + 1].Value : null;
    }

    /// <summary>
    /// Makes sure that a named word without a value is there; where it is missing it is added behind the last word.
    /// </summary>
    /// <param name="name">The word.</param>
    /// <returns>This list, for more of the same.</returns>
    /// <exception cref="ArgumentException">The word is empty or holds a control character.</exception>
    /// <exception cref="InvalidOperationException">The line is full (64 words), cannot be read, or was
    /// removed.</exception>
    public ArgumentList Set(string name) => Contains(name) ? this : Add(name);

    /// <summary>Gives a named word its value; where the word is missing both are added behind the last word.</summary>
    /// <param name="name">The word.</param>
    /// <param name="value">The value, quoted as it needs to be.</param>
    /// <returns>This list, for more of the same.</returns>
    /// <exception cref="ArgumentException">The word or the value is empty or holds a control character.</exception>
    /// <exception cref="InvalidOperationException">The line is full (64 words), cannot be read, or was
    /// removed.</exception>
    public ArgumentList Set(string name, string value)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return Add(name, value);
        }

        if (index + 1 == Count)
        {
            return Add(value);
        }

        this[index + 1].Value = value;
        return this;
    }

    /// <summary>Adds words behind the last one, in front of the comment.</summary>
    /// <param name="values">The values, each quoted as it needs to be.</param>
    /// <returns>This list, for more of the same.</returns>
    /// <exception cref="ArgumentException">A value is empty or holds a control character.</exception>
    /// <exception cref="InvalidOperationException">The line is full (64 words), cannot be read, or was
    /// removed.</exception>
    public ArgumentList Add(params ReadOnlySpan<string> values)
    {
        _directive.InsertWords(_directive.WordCount, Quoted(values));
        return this;
    }

    /// <summary>Puts words in front of an argument.</summary>
    /// <param name="index">The argument's place, from 0; the number of arguments to add behind the last.</param>
    /// <param name="values">The values, each quoted as it needs to be.</param>
    /// <returns>This list, for more of the same.</returns>
    /// <exception cref="ArgumentException">A value is empty or holds a control character.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    /// <exception cref="InvalidOperationException">The line is full (64 words), cannot be read, or was
    /// removed.</exception>
    public ArgumentList Insert(int index, params ReadOnlySpan<string> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, Count);
        _directive.InsertWords(_directive.FirstArgument + index, Quoted(values));
        return this;
    }

    /// <summary>Takes an argument out, with the blanks before it.</summary>
    /// <param name="index">The argument's place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    /// <exception cref="InvalidOperationException">The line cannot be read, or was removed.</exception>
    public void RemoveAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        _directive.RemoveWords(_directive.FirstArgument + index, 1);
    }

    /// <summary>Takes a named word out, with its value where it takes one.</summary>
    /// <param name="name">The word.</param>
    /// <returns>False when it was not there.</returns>
    /// <exception cref="InvalidOperationException">The line cannot be read, or was removed.</exception>
    public bool Remove(string name)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return false;
        }

        var withValue = index + 1 < Count && _directive.TakesValue(name);
        _directive.RemoveWords(_directive.FirstArgument + index, withValue ? 2 : 1);
        return true;
    }

    /// <inheritdoc/>
    public IEnumerator<Argument> GetEnumerator()
    {
        var syntax = _directive.Section.Syntax;
        var reader = new KeywordReader(_directive.LineBytes);
        var index = reader.Modifier == DirectiveModifier.None ? 1 : 2;
        var arguments = new List<Argument>();
        while (reader.TryReadArgument(out var word))
        {
            arguments.Add(new Argument(_directive, index++, syntax, WordText.Of(word)));
        }

        return arguments.GetEnumerator();
    }

    /// <summary>The arguments as written, with one blank between.</summary>
    /// <returns>The raw words.</returns>
    public override string ToString() => string.Join(' ', this.Select(argument => argument.Raw));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The place of the last time that a named word is said, or -1.</summary>
    internal int LastIndexOf(string name)
    {
        var last = -1;
        foreach (var index in IndexesOf(name))
        {
            last = index;
        }

        return last;
    }

    private int IndexOf(string name)
    {
        foreach (var index in IndexesOf(name))
        {
            return index;
        }

        return -1;
    }

    private IEnumerable<int> IndexesOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Places();

        IEnumerable<int> Places()
        {
            var named = _directive.PositionalCount;
            var words = Values();
            for (var i = 0; i < words.Count; i++)
            {
                if (i < named)
                {
                    continue;
                }

                if (string.Equals(words[i], name, StringComparison.Ordinal))
                {
                    yield return i;
                }

                named = _directive.TakesValue(words[i]) ? i + 2 : named;
            }
        }
    }

    private List<string> Values()
    {
        var values = new List<string>();
        var reader = new KeywordReader(_directive.LineBytes);
        while (reader.TryReadArgument(out var word))
        {
            values.Add(word.ToString());
        }

        return values;
    }

    private static byte[][] Quoted(ReadOnlySpan<string> values)
    {
        var words = new byte[values.Length][];
        for (var i = 0; i < values.Length; i++)
        {
            words[i] = WordWriter.Quote(StrictUtf8.GetBytes(values[i], nameof(values)));
        }

        return words;
    }
}
