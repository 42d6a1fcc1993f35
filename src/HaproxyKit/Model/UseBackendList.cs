using HaproxyKit.Expressions;
using HaproxyKit.Syntax;

namespace HaproxyKit.Model;

/// <summary>The <c>use_backend</c> lines of a frontend, in order: the first whose condition holds decides.</summary>
public sealed class UseBackendList : RuleList<UseBackend>
{
    internal UseBackendList(Section section)
        : base(section, UseBackend.KeywordText)
    {
    }

    /// <summary>Adds a line behind the last one.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <param name="condition">The condition in HAProxy's own language, from <c>if</c> or <c>unless</c> on, or null. It
    /// is language, not a value: never put text from elsewhere into it.</param>
    /// <returns>The new line.</returns>
    /// <exception cref="ArgumentException">HAProxy does not take the name, or the condition is none that it can
    /// read.</exception>
    public UseBackend Add(string backend, string? condition = null)
    {
        NameRules.Require(backend, nameof(backend));
        if (condition is not null && AclCondition.Parse(condition) is { IsSuccess: false } read)
        {
            throw new ArgumentException($"'{condition}' is no condition that HAProxy can read: {read.Error.Message}", nameof(condition));
        }

        var rule = $"{UseBackend.KeywordText} {backend}";
        return (UseBackend)Section.Directives.AddLine(condition is null ? rule : $"{rule} {condition}");
    }

    /// <inheritdoc cref="TypedDirectiveList{T}.Add"/>
    public new UseBackend Add(RuleText rule) => base.Add(rule);
}
