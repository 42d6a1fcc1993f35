namespace HaproxyKit.Testing;

/// <summary>Where this repository lies on the machine that runs the tests.</summary>
public static class Repository
{
    private static readonly Lazy<string> Found = new(Find);

    /// <summary>
    /// The folder that holds <c>HaproxyKit.sln</c>, found upwards from the folder of the running assembly.
    /// </summary>
    public static string Root => Found.Value;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HaproxyKit.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds HaproxyKit.sln");
    }
}
