using System.Collections.Immutable;
using System.Text;
using HaproxyKit.Syntax;
using Sprache;

namespace HaproxyKit.Expressions;

/// <summary>One condition or ACL that is read into a tree: its words, and what is wrong with them.</summary>
internal sealed class AclReading(IReadOnlyList<WrittenWord> words)
{
    internal IReadOnlyList<WrittenWord> Words { get; } = words;

    /// <summary>The first mistake; every choice of the grammar is made on one word, so the first one is the only one.</summary>
    internal ExpressionError Error { get; private set; }

    /// <summary>Whether the ACL being read has named a pattern file.</summary>
    internal bool HasFile { get; set; }

    internal void Fail(ExpressionErrorKind kind, int position, int word)
    {
        if (!Error.IsError)
        {
            Error = new ExpressionError(kind, position, word);
        }
    }

    internal static ExpressionResult<T> OfWords<T>(IEnumerable<string> words, Parser<T> parser)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(words);
        var list = words.Select(word => new WrittenWord(word, null, " ")).ToList();
        foreach (var word in list)
        {
            _ = StrictUtf8.GetBytes(word.Value, nameof(words));
        }

        return Read(list, parser);
    }

    internal static ExpressionResult<T> OfText<T>(string text, Parser<T> parser)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = StrictUtf8.GetBytes(text, nameof(text));
        var words = new List<WrittenWord>();
        var starts = new List<int>();
        var before = 0;
        var scanner = new LineScanner(bytes);
        while (scanner.MoveNext())
        {
            if (scanner.Kind == LineTokenKind.Word)
            {
                if (scanner.FaultAt >= 0)
                {
                    return Fault(ExpressionErrorKind.InvalidWord, scanner.FaultAt);
                }

                var raw = bytes.AsSpan(scanner.Start, scanner.Length);
                words.Add(new WrittenWord(
                    scanner.Word.ToString(),
                    Encoding.UTF8.GetString(raw),
                    Encoding.UTF8.GetString(bytes, before, scanner.Start - before)));
                starts.Add(scanner.Start);
                before = scanner.Start + scanner.Length;
            }
            else if (scanner.Kind != LineTokenKind.Blank)
            {
                return Fault(bytes[scanner.Start] == 0 ? ExpressionErrorKind.NulByte : ExpressionErrorKind.InvalidWord, scanner.Start);
            }
        }

        var result = Read(words, parser);
        return result.IsSuccess
            ? new ExpressionResult<T>(WithTail(result.Value, Encoding.UTF8.GetString(bytes, before, bytes.Length - before)), default)
            : Fault(result.Error.Kind, PlaceOf(result.Error), result.Error.WordIndex);

        int PlaceOf(ExpressionError error) => error.WordIndex < words.Count
            ? starts[error.WordIndex] + WrittenOffset.Of(Encoding.UTF8.GetBytes(words[error.WordIndex].Raw!), error.Position)
            : bytes.Length;

        ExpressionResult<T> Fault(ExpressionErrorKind kind, int position, int word = 0) =>
            new(null, new ExpressionError(kind, position, word));
    }

    internal static ImmutableArray<string> Values(Action<List<WrittenWord>> write) => [.. Written(write).Select(word => word.Value)];

    internal static string Text(Action<List<WrittenWord>> write)
    {
        var text = new StringBuilder();
        foreach (var word in Written(write))
        {
            word.WriteTo(text);
        }

        return text.ToString();
    }

    private static List<WrittenWord> Written(Action<List<WrittenWord>> write)
    {
        var words = new List<WrittenWord>();
        write(words);
        return words;
    }

    private static T WithTail<T>(T tree, string tail)
        where T : class =>
        tree switch
        {
            AclCondition condition => (T)(object)(condition with { Tail = tail }),
            AclDefinition definition => (T)(object)(definition with { Tail = tail }),
            AclExpression expression => (T)(object)(expression with { Tail = tail }),
            _ => tree,
        };

    private static ExpressionResult<T> Read<T>(IReadOnlyList<WrittenWord> words, Parser<T> parser)
        where T : class
    {
        var reading = new AclReading(words);
        var result = parser(new AclInput(reading, 0));
        return result.WasSuccessful && !reading.Error.IsError
            ? new ExpressionResult<T>(result.Value, default)
            : new ExpressionResult<T>(null, reading.Error);
    }
}
