namespace HaproxyKit.Control.Checking;

/// <summary>What HAProxy says of a configuration.</summary>
public enum CheckVerdict
{
    /// <summary>It takes it, perhaps with warnings.</summary>
    Accepted,

    /// <summary>It finds no error and no listener either: 2.6 to 3.2 say so, newer ones take it.</summary>
    AcceptedWithoutListener,

    /// <summary>It refuses it.</summary>
    Refused,

    /// <summary>It could not be asked: the program is missing, took too long, or was ended.</summary>
    Unavailable,
}
