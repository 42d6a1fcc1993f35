namespace HaproxyKit.PhoneHome.Contract;

/// <summary>A request as read from JSON, with the members that are not of their kind.</summary>
/// <param name="Request">What was read; a member that is not of its kind is null in it.</param>
/// <param name="Problems">Those members, unknown ones and ones that stand twice.</param>
/// <typeparam name="T">The type of the request.</typeparam>
internal readonly record struct RequestReading<T>(T Request, FieldProblems Problems);
