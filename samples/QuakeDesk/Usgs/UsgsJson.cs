using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuakeDesk.Usgs;

/// <summary>Reads the survey's files without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(UsgsWeek))]
internal sealed partial class UsgsJson : JsonSerializerContext;
