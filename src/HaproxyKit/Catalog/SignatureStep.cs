namespace HaproxyKit.Catalog;

/// <summary>One step of a compiled signature.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="A">A place in the text, a slot, a class, or a step.</param>
/// <param name="B">A length, or a step.</param>
internal readonly record struct SignatureStep(SignatureOperation Operation, int A = 0, int B = 0);
