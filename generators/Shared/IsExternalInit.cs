namespace System.Runtime.CompilerServices;

/// <summary>Lets the compiler make records for netstandard2.0, whose framework lacks it.</summary>
internal static class IsExternalInit;
