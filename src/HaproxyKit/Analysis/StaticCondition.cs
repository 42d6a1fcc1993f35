using System.Text;
using HaproxyKit.Catalog;
using HaproxyKit.Diagnostics;
using HaproxyKit.Syntax;

namespace HaproxyKit.Analysis;

/// <summary>
/// Judges what stands behind <c>.if</c> and <c>.elif</c> (configuration manual, chapter 2.4): its form, and its value
/// where version and text decide.
/// </summary>
internal ref struct StaticCondition
{
    /// <summary>HAProxy reads some hundreds of levels; what is deeper than this is not judged.</summary>
    private const int MaxDepth = 64;

    private readonly string _text;
    private readonly HaproxyVersion _version;
    private int _at;
    private bool _isBroken;
    private bool _isTooDeep;

    private StaticCondition(string text, HaproxyVersion version) => (_text, _version) = (text, version);

    /// <summary>The value of the condition of a line; what is wrong with its form is reported.</summary>
    internal static Truth Judge(LineWords words, AnalysisRun run)
    {
        var text = new StringBuilder();
        for (var i = 1; i < words.Count; i++)
        {
            if (words.HasVariables(i))
            {
                return Truth.Unknown;
            }

            text.Append(i > 1 ? " " : "").Append(Encoding.Latin1.GetString(words[i]));
        }

        if (text.Length == 0)
        {
            return Truth.No;
        }

        var condition = new StaticCondition(text.ToString(), run.Version);
        var value = condition.Disjunction(0);
        if (condition._isTooDeep)
        {
            return Truth.Unknown;
        }

        if (!condition._isBroken && condition._at == condition._text.Length)
        {
            return value;
        }

        run.Report(
            DiagnosticSeverity.Error, DiagnosticIds.InvalidPreprocessorCondition,
            run.SiteOf(TextSpan.Between(words.SpanOf(1).Start, words.SpanOf(words.Count).Start)),
            "HAProxy cannot read this condition",
            "conditions consist of numbers, predicates such as defined(NAME), '!', '&&', '||' and parentheses");
        return Truth.Unknown;
    }

    private Truth Disjunction(int depth)
    {
        var value = Conjunction(depth);
        while (!_isBroken && Skip("||"))
        {
            value = Or(value, Conjunction(depth));
        }

        return value;
    }

    private Truth Conjunction(int depth)
    {
        var value = Term(depth);
        while (!_isBroken && Skip("&&"))
        {
            value = Not(Or(Not(value), Not(Term(depth))));
        }

        return value;
    }

    private Truth Term(int depth)
    {
        SkipBlanks();
        _isTooDeep |= depth > MaxDepth;
        if (_isTooDeep || _at >= _text.Length)
        {
            return Broken();
        }

        if (_text[_at] == '!')
        {
            _at++;
            return Not(Term(depth + 1));
        }

        if (_text[_at] == '(')
        {
            _at++;
            var value = Disjunction(depth + 1);
            return Skip(")") ? value : Broken();
        }

        return char.IsAsciiDigit(_text[_at]) || _text[_at] == '-' ? Number() : Predicate();
    }

    private Truth Number()
    {
        var start = _at++;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        var digits = _text.AsSpan(start, _at - start);
        SkipBlanks();
        return digits is "-" ? Broken() : digits.ContainsAnyExcept("-0") ? Truth.Yes : Truth.No;
    }

    private Truth Predicate()
    {
        var open = _text.IndexOf('(', _at);
        var close = open < 0 ? -1 : _text.IndexOf(')', open);
        if (close < 0)
        {
            return Broken();
        }

        var name = _text[_at..open];
        var arguments = _text[(open + 1)..close].Split(',');
        _at = close + 1;
        SkipBlanks();
        var isKnown = name switch
        {
            "defined" or "feature" or "version_atleast" or "version_before" or "ssllib_name_startswith"
                or "openssl_version_atleast" or "openssl_version_before" => arguments.Length == 1,
            "enabled" => arguments.Length == 1 && _version > HaproxyVersion.V2_6,
            "awslc_api_atleast" or "awslc_api_before" => arguments.Length == 1 && _version > HaproxyVersion.V3_2,
            "fips_mode" => _version > HaproxyVersion.V3_2,
            "streq" or "strneq" or "strstr" => arguments.Length == 2,
            _ => false,
        };
        return isKnown ? Value(name, arguments) : Broken();
    }

    private readonly Truth Value(string name, string[] arguments) => name switch
    {
        "streq" => Of(arguments[0] == arguments[1]),
        "strneq" => Of(arguments[0] != arguments[1]),
        "strstr" => Of(arguments[0].Contains(arguments[1], StringComparison.Ordinal)),
        "version_atleast" => AtLeast(arguments[0]),
        "version_before" => Not(AtLeast(arguments[0])),
        _ => Truth.Unknown,
    };

    /// <summary>Which patch level HAProxy has is not known.</summary>
    private readonly Truth AtLeast(string text) =>
        !HaproxyVersion.TryParse(text, out var version) ? Truth.Unknown
        : _version != version ? Of(_version > version)
        : text.AsSpan().Count('.') > 1 ? Truth.Unknown
        : Truth.Yes;

    private bool Skip(string sign)
    {
        SkipBlanks();
        if (!_text.AsSpan(_at).StartsWith(sign))
        {
            return false;
        }

        _at += sign.Length;
        SkipBlanks();
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }

    private Truth Broken()
    {
        _isBroken = true;
        return Truth.Unknown;
    }

    private static Truth Of(bool value) => value ? Truth.Yes : Truth.No;

    private static Truth Not(Truth value) => value switch
    {
        Truth.Yes => Truth.No,
        Truth.No => Truth.Yes,
        _ => Truth.Unknown,
    };

    private static Truth Or(Truth left, Truth right) =>
        left == Truth.Yes || right == Truth.Yes ? Truth.Yes
        : left == Truth.No && right == Truth.No ? Truth.No
        : Truth.Unknown;
}
