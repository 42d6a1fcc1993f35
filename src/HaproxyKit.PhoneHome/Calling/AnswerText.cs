using System.Globalization;
using System.Text;
using System.Text.Json;
using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.PhoneHome.Calling;

/// <summary>Makes one line for the log of what a webhook answered: bounded, printable, and without the token.</summary>
internal static class AnswerText
{
    private const int MaxLength = 1000;

    internal static string Describe(int status, ReadOnlySpan<byte> body, string token)
    {
        var text = new StringBuilder(status.ToString(CultureInfo.InvariantCulture));
        if (TryRead(body, PhoneHomeJsonContext.Default.PhoneHomeProblem) is { Title: not null } problem)
        {
            AppendProblem(text, problem);
        }
        else if (TryRead(body, PhoneHomeJsonContext.Default.PhoneHomeAnswer) is { } answer)
        {
            text.Append(CultureInfo.InvariantCulture, $" {answer.Outcome}, revision {answer.Revision}");
            text.Append(answer.Reload ? ", reloaded" : ", no reload");
            foreach (var warning in answer.Warnings ?? [])
            {
                text.Append("; but ").Append(warning);
            }
        }
        else if (!body.IsEmpty)
        {
            text.Append(' ').Append(Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxLength)]));
        }

        return Clean(text.ToString(), token);
    }

    /// <summary>Whether a body is what our webhook says of a mapping that HAProxy serves.</summary>
    internal static bool IsAnswer(ReadOnlySpan<byte> body) =>
        TryRead(body, PhoneHomeJsonContext.Default.PhoneHomeAnswer) is { Outcome: not null };

    private static void AppendProblem(StringBuilder text, PhoneHomeProblem problem)
    {
        text.Append(' ').Append(problem.Title);
        if (problem.Detail is not null)
        {
            text.Append(": ").Append(problem.Detail);
        }

        foreach (var error in problem.Errors ?? [])
        {
            text.Append("; ").Append(error.Field).Append(' ').Append(error.Message);
        }

        foreach (var diagnostic in problem.Diagnostics ?? [])
        {
            text.Append("; ").Append(diagnostic.Message);
        }
    }

    private static T? TryRead<T>(ReadOnlySpan<byte> body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Clean(string text, string token)
    {
        var cut = token.Length == 0 ? text : text.Replace(token, "***", StringComparison.Ordinal);
        cut = cut.Length <= MaxLength ? cut : string.Concat(cut.AsSpan(0, MaxLength), "...");
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
    }
}
