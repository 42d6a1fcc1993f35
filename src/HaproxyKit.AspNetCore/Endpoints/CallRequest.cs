using HaproxyKit.PhoneHome.Contract;

namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>What a call for a change says, before any of it is judged.</summary>
/// <param name="Signed">The bytes of the body as they came: what a signature is made of.</param>
/// <param name="Body">The JSON to judge: the body, or what the query of a goodbye says.</param>
/// <param name="IsDelete">True where the method is DELETE.</param>
/// <param name="IsDryRun">True where only a plan is asked for.</param>
/// <param name="Problems">What is wrong with the query.</param>
internal sealed record CallRequest(
    ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Body, bool IsDelete, bool IsDryRun, IReadOnlyList<FieldProblem> Problems);
