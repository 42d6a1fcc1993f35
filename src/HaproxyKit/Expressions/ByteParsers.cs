using System.Buffers;
using System.Text;
using HaproxyKit.Diagnostics;
using Sprache;

namespace HaproxyKit.Expressions;

/// <summary>The terminals of the grammars of expressions: signs, runs of bytes, and the choice by the byte that comes next.</summary>
internal static class ByteParsers
{
    private static readonly string[] NoLabels = [];

    /// <summary>One sign, whose absence is no mistake: another alternative is tried.</summary>
    internal static Parser<TextSpan> Sign(char sign) => input =>
    {
        var bytes = (ByteInput)input;
        return bytes.IsAt(sign)
            ? Result.Success(new TextSpan(bytes.Position, 1), bytes.Skip(1))
            : Result.Failure<TextSpan>(input, "", NoLabels);
    };

    /// <summary>One sign that must come here.</summary>
    internal static Parser<TextSpan> Required(char sign, ExpressionErrorKind kind) => input =>
    {
        var bytes = (ByteInput)input;
        return bytes.IsAt(sign)
            ? Result.Success(new TextSpan(bytes.Position, 1), bytes.Skip(1))
            : Fail<TextSpan>(bytes, kind);
    };

    /// <summary>One or more bytes of a set, which must come here.</summary>
    internal static Parser<TextSpan> Name(SearchValues<byte> values, ExpressionErrorKind kind) => input =>
    {
        var bytes = (ByteInput)input;
        var length = ExpressionBytes.RunOf(bytes.Rest, values);
        return length > 0
            ? Result.Success(new TextSpan(bytes.Position, length), bytes.Skip(length))
            : Fail<TextSpan>(bytes, kind);
    };

    /// <summary>Any number of bytes of a set.</summary>
    internal static Parser<TextSpan> Run(SearchValues<byte> values) => input =>
    {
        var bytes = (ByteInput)input;
        var length = ExpressionBytes.RunOf(bytes.Rest, values);
        return Result.Success(new TextSpan(bytes.Position, length), bytes.Skip(length));
    };

    /// <summary>The bytes up to one of a set or to the end; at least one, else another alternative is tried.</summary>
    internal static Parser<TextSpan> Until(SearchValues<byte> values) => input =>
    {
        var bytes = (ByteInput)input;
        var length = bytes.Rest.IndexOfAny(values) is >= 0 and var found ? found : bytes.Rest.Length;
        return length > 0
            ? Result.Success(new TextSpan(bytes.Position, length), bytes.Skip(length))
            : Result.Failure<TextSpan>(input, "", NoLabels);
    };

    /// <summary>The alternative that the byte which comes next decides, a NUL standing for the end.</summary>
    internal static Parser<T> Choose<T>(Func<char, Parser<T>> choose) =>
        input => choose(input.Current)(input);

    /// <summary>Nothing but a mistake.</summary>
    internal static Parser<T> Mistake<T>(ExpressionErrorKind kind) => input => Fail<T>((ByteInput)input, kind);

    /// <summary>Notes a mistake where the input stands.</summary>
    internal static IResult<T> Fail<T>(ByteInput input, ExpressionErrorKind kind) => Fail<T>(input, kind, input.Position);

    /// <summary>Notes a mistake in some place.</summary>
    internal static IResult<T> Fail<T>(ByteInput input, ExpressionErrorKind kind, int position)
    {
        input.Reading.Fail(kind, position);
        return Result.Failure<T>(input, "", NoLabels);
    }

    /// <summary>Reads a whole text.</summary>
    internal static ExpressionResult<T> Read<T>(ReadOnlySpan<byte> text, Parser<T> parser)
        where T : class
    {
        var fault = Utf8FaultOf(text);
        if (fault.IsError)
        {
            return new ExpressionResult<T>(null, fault);
        }

        var reading = new ByteReading(text.ToArray());
        var result = parser(new ByteInput(reading, 0));
        return result.WasSuccessful && !reading.Error.IsError
            ? new ExpressionResult<T>(result.Value, default)
            : new ExpressionResult<T>(null, reading.Error);
    }

    /// <summary>What keeps bytes from being text at all.</summary>
    internal static ExpressionError Utf8FaultOf(ReadOnlySpan<byte> text)
    {
        var nul = text.IndexOf((byte)0);
        if (nul >= 0)
        {
            return new ExpressionError(ExpressionErrorKind.NulByte, nul);
        }

        for (var position = 0; position < text.Length;)
        {
            if (Rune.DecodeFromUtf8(text[position..], out _, out var length) != OperationStatus.Done)
            {
                return new ExpressionError(ExpressionErrorKind.InvalidUtf8, position);
            }

            position += length;
        }

        return default;
    }
}
