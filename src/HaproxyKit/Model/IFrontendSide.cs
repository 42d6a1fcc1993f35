namespace HaproxyKit.Model;

/// <summary>
/// A section with a client side: <c>frontend</c>, <c>listen</c> and <c>defaults</c>. Its settings are in <see
/// cref="FrontendSettings"/>.
/// </summary>
public interface IFrontendSide;
