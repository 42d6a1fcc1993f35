namespace HaproxyKit.Tests.EdgeScript;

/// <summary>One <c>listen</c> of a script; without hosts, nodes phone home.</summary>
public sealed record EntryModel(string Name, int Port, string[] Hosts, int NodePort, CheckModel? Check, bool HasBlock, string[] Comments);
