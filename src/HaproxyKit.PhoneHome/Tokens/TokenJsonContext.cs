using System.Text.Json;
using System.Text.Json.Serialization;

namespace HaproxyKit.PhoneHome.Tokens;

/// <summary>How files of tokens are read, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(TokenList))]
internal sealed partial class TokenJsonContext : JsonSerializerContext;
