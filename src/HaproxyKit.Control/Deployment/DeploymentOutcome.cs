namespace HaproxyKit.Control.Deployment;

/// <summary>How a deployment ended.</summary>
public enum DeploymentOutcome
{
    /// <summary>File and HAProxy were as wanted already; nothing was written and nothing sent.</summary>
    Unchanged,

    /// <summary>File and HAProxy are as wanted now; it was read back.</summary>
    Applied,

    /// <summary>The change is not to be had; file and HAProxy are as they were.</summary>
    Rejected,

    /// <summary>The change was made, HAProxy did not follow, and it was undone.</summary>
    RolledBack,

    /// <summary>HAProxy does not answer. The file is as wanted where the change could be checked, so that HAProxy follows when it starts.</summary>
    Unreachable,
}
