using System.Diagnostics.CodeAnalysis;

namespace HaproxyKit.PhoneHome.Contract;

/// <summary>What became of a request: a command, or every reason why there is none.</summary>
public sealed class MappingValidation
{
    internal MappingValidation(MappingCommand? command, IReadOnlyList<FieldProblem> problems)
    {
        Command = command;
        Problems = problems;
    }

    /// <summary>The command, or null where anything is wrong.</summary>
    public MappingCommand? Command { get; }

    /// <summary>Everything that is wrong, in the order of the members; empty where there is a command.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; }

    /// <summary>The mapping's name where the request has a well-formed one, whatever else is wrong; else null. It is for logs.</summary>
    public string? Name { get; init; }

    /// <summary>The frontend port where the request has a well-formed one, whatever else is wrong; else null. It is for logs.</summary>
    public int? FrontendPort { get; init; }

    /// <summary>True where the request is well-formed.</summary>
    [MemberNotNullWhen(true, nameof(Command))]
    public bool IsValid => Command is not null;
}
