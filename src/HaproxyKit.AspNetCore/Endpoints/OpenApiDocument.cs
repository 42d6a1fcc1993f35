namespace HaproxyKit.AspNetCore.Endpoints;

/// <summary>The description of the endpoints for programs, OpenAPI 3.1: <c>openapi.json</c> beside this file.</summary>
internal static class OpenApiDocument
{
    private const string ResourceName = "HaproxyKit.AspNetCore.Endpoints.openapi.json";

    /// <summary>The document in UTF-8.</summary>
    internal static byte[] Content { get; } = Read();

    private static byte[] Read()
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream(ResourceName)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
