using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AkkaParty.Analyzers;

/// <summary>
/// AP0002: nobody reads the elements of a hash-ordered collection one after the other, because their order differs between
/// processes. A ban list cannot say this: it sees a written call of GetEnumerator, but neither <c>foreach</c>, nor a spread, nor
/// the conversion to IEnumerable that every LINQ call makes.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnorderedEnumerationAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        "AP0002",
        "Enumerating a hash-ordered collection",
        "The order of '{0}' differs between processes: use a sorted or insertion-ordered collection, or sort it first",
        "Determinism",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    private static readonly string[] UnorderedTypes =
    [
        "System.Collections.Concurrent.ConcurrentBag`1",
        "System.Collections.Concurrent.ConcurrentDictionary`2",
        "System.Collections.Frozen.FrozenDictionary`2",
        "System.Collections.Frozen.FrozenSet`1",
        "System.Collections.Immutable.ImmutableDictionary`2",
        "System.Collections.Immutable.ImmutableDictionary`2+Builder",
        "System.Collections.Immutable.ImmutableHashSet`1",
        "System.Collections.Immutable.ImmutableHashSet`1+Builder",
    ];

    private static readonly string[] Sequences =
    [
        "System.Collections.IEnumerable",
        "System.Collections.ICollection",
        "System.Collections.Generic.IEnumerable`1",
        "System.Collections.Generic.ICollection`1",
        "System.Collections.Generic.IReadOnlyCollection`1",
    ];

    // Their result does not depend on the order of what they read, or they are what establishes an order.
    private static readonly ImmutableHashSet<string> OrderFreeMethods = ImmutableHashSet.Create(
        "All", "Any", "Contains", "Count", "LongCount", "Max", "Min",
        "Order", "OrderBy", "OrderByDescending", "OrderDescending", "ToImmutableSortedDictionary", "ToImmutableSortedSet",
        "AddRange", "Except", "ExceptWith", "Intersect", "IntersectWith", "RemoveRange", "SetEquals", "SetItems", "Union", "UnionWith",
        "ToFrozenDictionary", "ToFrozenSet", "ToImmutableDictionary", "ToImmutableHashSet");

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var unordered = Resolve(start.Compilation, UnorderedTypes);
            var sequences = Resolve(start.Compilation, Sequences);
            start.RegisterOperationAction(c => CheckLoop(c, unordered), OperationKind.Loop);
            start.RegisterOperationAction(c => CheckSpread(c, unordered), OperationKind.Spread);
            start.RegisterOperationAction(c => CheckConversion(c, unordered, sequences), OperationKind.Conversion);
        });
    }

    private static void CheckLoop(OperationAnalysisContext context, ImmutableHashSet<ISymbol> unordered)
    {
        if (context.Operation is IForEachLoopOperation loop)
        {
            Report(context, WithoutConversion(loop.Collection), unordered);
        }
    }

    private static void CheckSpread(OperationAnalysisContext context, ImmutableHashSet<ISymbol> unordered)
    {
        Report(context, WithoutConversion(((ISpreadOperation)context.Operation).Operand), unordered);
    }

    private static void CheckConversion(
        OperationAnalysisContext context, ImmutableHashSet<ISymbol> unordered, ImmutableHashSet<ISymbol> sequences)
    {
        var conversion = (IConversionOperation)context.Operation;
        if (conversion.Type is not { } target || !sequences.Contains(target.OriginalDefinition))
        {
            return;
        }

        // A loop or spread over the converted value reports by itself.
        if (conversion.Parent is IForEachLoopOperation or ISpreadOperation)
        {
            return;
        }

        if (conversion.Parent is IArgumentOperation { Parent: IInvocationOperation call } && IsOrderFree(call, unordered))
        {
            return;
        }

        Report(context, conversion.Operand, unordered);
    }

    // A method of that name counts when it is LINQ's or an unordered collection's own: List.AddRange keeps the order it is given.
    private static bool IsOrderFree(IInvocationOperation call, ImmutableHashSet<ISymbol> unordered)
    {
        var owner = call.TargetMethod.ContainingType;
        return OrderFreeMethods.Contains(call.TargetMethod.Name) && (owner.IsStatic || unordered.Contains(owner.OriginalDefinition));
    }

    private static IOperation WithoutConversion(IOperation operation)
    {
        return operation is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : operation;
    }

    private static void Report(OperationAnalysisContext context, IOperation collection, ImmutableHashSet<ISymbol> unordered)
    {
        if (collection.Type is { } type && unordered.Contains(type.OriginalDefinition))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, collection.Syntax.GetLocation(), type.Name));
        }
    }

    private static ImmutableHashSet<ISymbol> Resolve(Compilation compilation, string[] names)
    {
        var found = names.Select(name => (ISymbol?)compilation.GetTypeByMetadataName(name)).OfType<ISymbol>();
        return found.ToImmutableHashSet<ISymbol>(SymbolEqualityComparer.Default);
    }
}
