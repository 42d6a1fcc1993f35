using System.Buffers;
using System.Globalization;
using System.Text.Json;
using HaproxyKit.PhoneHome.Contract;
using Microsoft.AspNetCore.Http;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>Reads what a call says in its query.</summary>
internal static class CallQuery
{
    internal const string DryRun = "dry-run";

    private const int MaxShownLength = 64;

    /// <summary>Whether only a plan is asked for.</summary>
    /// <param name="query">The query.</param>
    /// <param name="problems">Gets what is wrong: who means a plan must not get the deed.</param>
    /// <returns>True where it is.</returns>
    internal static bool ReadDryRun(IQueryCollection query, List<FieldProblem> problems)
    {
        var values = query[DryRun];
        var isTrue = values.Count == 1 && values[0] == "true";
        if (values.Count > 0 && !isTrue && !(values.Count == 1 && values[0] == "false"))
        {
            problems.Add(new FieldProblem(DryRun, "must be true or false", "write ?dry-run=true"));
        }

        return isTrue;
    }

    /// <summary>Refuses every member of a query but <c>dry-run</c>: what it was meant for would not be done.</summary>
    /// <param name="query">The query.</param>
    /// <param name="problems">Gets them.</param>
    internal static void RefuseOthers(IQueryCollection query, List<FieldProblem> problems)
    {
        foreach (var key in query.Keys.Where(key => key != DryRun).Take(PhoneHomeLimits.MaxProblems))
        {
            problems.Add(new FieldProblem(key.Length > MaxShownLength ? key[..MaxShownLength] : key, "is not known in the query"));
        }
    }

    /// <summary>Writes a query as the JSON that would say the same, for one judge of both.</summary>
    /// <param name="query">The query.</param>
    /// <returns>A JSON object in UTF-8; a member that stands twice stands twice in it.</returns>
    internal static ReadOnlyMemory<byte> ToJson(IQueryCollection query)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        foreach (var (key, values) in query.Where(member => member.Key != DryRun))
        {
            foreach (var value in values)
            {
                Write(writer, key, value ?? "");
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>A number in the one way of writing it is one; everything else is text, and judged as such.</summary>
    private static void Write(Utf8JsonWriter writer, string key, string value)
    {
        if (key is "frontendPort" or "nodePort"
            && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == value)
        {
            writer.WriteNumber(key, number);
        }
        else
        {
            writer.WriteString(key, value);
        }
    }
}
