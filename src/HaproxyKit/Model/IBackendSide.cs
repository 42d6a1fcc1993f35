namespace HaproxyKit.Model;

/// <summary>
/// A section with a server side: <c>backend</c>, <c>listen</c> and <c>defaults</c>. Its settings are in <see
/// cref="BackendSettings"/>.
/// </summary>
public interface IBackendSide;
