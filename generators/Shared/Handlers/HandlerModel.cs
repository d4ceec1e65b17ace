namespace Streams.Shared.Handlers;

/// <summary>One handler class, all a generator needs of it. Holds values only.</summary>
/// <param name="HintName">The generated file.</param>
/// <param name="DispatcherName">The simple name of the generated dispatcher.</param>
/// <param name="TypeName">The class as generated code names it.</param>
/// <param name="Group">What its attribute says.</param>
/// <param name="Services">What its constructor takes.</param>
/// <param name="Routes">Its methods.</param>
/// <param name="Callbacks">Which <c>On...</c> methods it has, as <c>HandlerCallbacks</c>.</param>
internal sealed record HandlerModel(
    string HintName,
    string DispatcherName,
    string TypeName,
    GroupModel Group,
    EquatableArray<ServiceModel> Services,
    EquatableArray<RouteModel> Routes,
    int Callbacks);
