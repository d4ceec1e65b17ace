using Microsoft.CodeAnalysis;

namespace Streams.Shared.Handlers;

/// <summary>Reads what a handler method returns.</summary>
internal sealed class ReturnReader(Compilation compilation, CancellationToken cancellationToken)
{
    /// <summary>Returns null where the type is none that a handler may return.</summary>
    public ReturnedModel? Read(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
        {
            return new ReturnedModel(ReturnShape.Nothing, null, null, false, false);
        }

        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
        {
            return null;
        }

        if (method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { } space } task
            && space.ToDisplayString() == "System.Threading.Tasks")
        {
            var isTask = task.Name == "Task";
            return task.IsGenericType
                ? ReadValue(task.TypeArguments[0], isTask ? ReturnShape.TaskOfValue : ReturnShape.ValueTaskOfValue)
                : new ReturnedModel(isTask ? ReturnShape.Task : ReturnShape.ValueTask, null, null, false, false);
        }

        return ReadValue(method.ReturnType, ReturnShape.Value);
    }

    private ReturnedModel? ReadValue(ITypeSymbol type, ReturnShape shape)
    {
        var isNullableValue = type.IsNullableValue(out var message);
        if (IsMessage(message))
        {
            return new ReturnedModel(shape, message.FullName(), null, false, isNullableValue);
        }

        if (shape == ReturnShape.Value && type is INamedTypeSymbol named && named.Is("System.Collections.Generic.IAsyncEnumerable<T>"))
        {
            return IsMessage(named.TypeArguments[0])
                ? new ReturnedModel(shape, named.TypeArguments[0].FullName(), null, true, false)
                : null;
        }

        var elements = Interfaces(type)
            .Where(face => face.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            .Select(face => face.TypeArguments[0])
            .ToArray();
        return elements.Length == 1 && IsMessage(elements[0])
            ? new ReturnedModel(shape, elements[0].FullName(), type.FullName(), false, false)
            : null;
    }

    private static IEnumerable<INamedTypeSymbol> Interfaces(ITypeSymbol type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Interface } face ? type.AllInterfaces.Append(face) : type.AllInterfaces;

    private bool IsMessage(ITypeSymbol type)
        => MessageReference.AttributeOf(type) is not null && MessageReference.IsImplemented(type, compilation, cancellationToken);
}
