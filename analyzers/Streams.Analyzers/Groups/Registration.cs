using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Shared;

namespace Streams.Analyzers.Groups;

/// <summary>What an application has of handlers and of calls that register them. Thread-safe.</summary>
internal sealed class Registration
{
    private readonly object _lock = new();
    private INamedTypeSymbol? _handler;
    private Location? _addStreams;
    private bool _isRegistered;

    public void See(INamedTypeSymbol type)
    {
        if (!type.IsAbstract && type.FindAttribute(WellKnownNames.ConsumerGroupAttribute) is not null)
        {
            lock (_lock)
            {
                if (_handler is null || string.CompareOrdinal(type.ToDisplayString(), _handler.ToDisplayString()) < 0)
                {
                    _handler = type;
                }
            }
        }
    }

    public void See(IInvocationOperation call)
    {
        if (call.TargetMethod.Name == "AddHandlers")
        {
            lock (_lock)
            {
                _isRegistered = true;
            }
        }
        else if (call.TargetMethod.Name == "AddStreams")
        {
            lock (_lock)
            {
                if (_addStreams is null || call.Syntax.SpanStart < _addStreams.SourceSpan.Start)
                {
                    _addStreams = call.Syntax.GetLocation();
                }
            }
        }
    }

    public void Report(Action<Diagnostic> report)
    {
        if (!_isRegistered && _handler is not null)
        {
            report(Diagnostic.Create(GroupRules.UnregisteredHandlers, _addStreams ?? _handler.Locations[0], _handler.Name));
        }
    }
}
