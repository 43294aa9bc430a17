using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AkkaParty.Repo.Tests.BuildRules;

/// <summary>A ban list of eng/, and code that breaks each of its entries.</summary>
internal static class BanList
{
    private static readonly SymbolDisplayFormat FullName = SymbolDisplayFormat.FullyQualifiedFormat;

    private static readonly Lazy<CSharpCompilation> Framework = new(() => CSharpCompilation.Create(
        "framework",
        references: ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))));

    public static IEnumerable<BanEntry> Read(string path)
    {
        var file = Checkout.Read(path);
        for (var i = 0; i < file.Lines.Length; i++)
        {
            var parts = file.Lines[i].Split(';', 2);
            yield return new BanEntry($"{path}:{i + 1}", parts[0], parts.Length == 2 ? parts[1] : "");
        }
    }

    /// <summary>The symbol an entry means, or nothing: the analyzer passes over an entry it cannot resolve without a word.</summary>
    public static ISymbol? Resolve(BanEntry entry) =>
        DocumentationCommentId.GetFirstSymbolForDeclarationId(entry.Id, Framework.Value);

    /// <summary>A statement that uses the symbol, as somebody might write it.</summary>
    public static string Use(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => $"_ = typeof({Closed(type).ToDisplayString(FullName)});",
        IPropertySymbol property => $"_ = {Owner(property)}.{property.Name};",
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => $"_ = new {Name(constructor)}({Arguments(constructor)});",
        IMethodSymbol method => Call(method),
        _ => throw new NotSupportedException($"No use is known for {symbol.Kind} {symbol}."),
    };

    private static string Call(IMethodSymbol method)
    {
        var closed = Closed(method.ContainingType).GetMembers(method.Name).OfType<IMethodSymbol>()
            .Single(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method));
        var typeArguments = "";
        if (closed.TypeParameters.Length > 0)
        {
            closed = closed.Construct(Integers(closed.TypeParameters.Length));
            typeArguments = $"<{string.Join(", ", closed.TypeArguments)}>";
        }

        var call = $"{Owner(method)}.{method.Name}{typeArguments}({Arguments(closed)});";
        return method.ReturnsVoid ? call : "_ = " + call;
    }

    private static string Owner(ISymbol member) => member.IsStatic ? Name(member) : $"default({Name(member)})!";

    private static string Name(ISymbol member) => Closed(member.ContainingType).ToDisplayString(FullName);

    private static string Arguments(IMethodSymbol method) =>
        string.Join(", ", method.Parameters.Select(parameter => $"default({parameter.Type.ToDisplayString(FullName)})!"));

    private static INamedTypeSymbol Closed(INamedTypeSymbol type) =>
        type.TypeParameters.Length == 0 ? type : type.OriginalDefinition.Construct(Integers(type.TypeParameters.Length));

    private static ITypeSymbol[] Integers(int count) =>
        Enumerable.Repeat<ITypeSymbol>(Framework.Value.GetSpecialType(SpecialType.System_Int32), count).ToArray();
}

/// <summary>One line of a ban list: where it is, the documentation id of what it bans, and what to do instead.</summary>
internal sealed record BanEntry(string Place, string Id, string Reason);
