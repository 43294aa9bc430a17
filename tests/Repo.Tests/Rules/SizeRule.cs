using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AkkaParty.Repo.Tests.Rules;

/// <summary>How long a file and a method may be, and a ratchet of those that were longer already: they may only shrink.</summary>
internal static class SizeRule
{
    public const int FileSoftMax = 250;
    public const int FileMax = 400;
    public const int MethodMax = 60;

    public static IEnumerable<Measure> Files(IEnumerable<SourceFile> files) =>
        files.Select(file => new Measure(file.Path, file.Path, file.Lines.Length));

    /// <summary>Every member and local function with a body, from its first line (attributes excluded) to its last.</summary>
    public static IEnumerable<Measure> Methods(SourceFile file)
    {
        foreach (var node in file.Tree.GetRoot().DescendantNodes())
        {
            if (NameOf(node) is not { } name)
            {
                continue;
            }

            var first = node.ChildNodesAndTokens().First(child => !child.IsKind(Microsoft.CodeAnalysis.CSharp.SyntaxKind.AttributeList));
            var start = file.Tree.GetLineSpan(first.Span).StartLinePosition.Line;
            var end = file.Tree.GetLineSpan(node.Span).EndLinePosition.Line;
            yield return new Measure($"{file.Path}::{name}", $"{file.Path}:{start + 1}", end - start + 1);
        }
    }

    /// <summary>Compares measures with their limit and with the ratchet, which must not be looser than need be.</summary>
    public static IEnumerable<string> Check(IEnumerable<Measure> measures, int max, IReadOnlyDictionary<string, int> ratchet)
    {
        // Overloads share a key: the longest of them counts.
        var longest = measures.GroupBy(measure => measure.Key).ToDictionary(group => group.Key, group => group.MaxBy(m => m.Lines)!);
        foreach (var measure in longest.Values.Where(measure => measure.Lines > max))
        {
            if (!ratchet.TryGetValue(measure.Key, out var allowed))
            {
                yield return $"{measure.Place}: {measure.Lines} lines, at most {max} are allowed";
            }
            else if (measure.Lines > allowed)
            {
                yield return $"{measure.Place}: grew to {measure.Lines} lines, ratchet.json allows {allowed} and may only shrink";
            }
            else if (measure.Lines < allowed)
            {
                yield return $"{measure.Place}: shrank to {measure.Lines} lines, lower its entry in ratchet.json from {allowed}";
            }
        }

        foreach (var key in ratchet.Keys.Where(key => !longest.TryGetValue(key, out var measure) || measure.Lines <= max))
        {
            yield return $"tests/Repo.Tests/ratchet.json:1: {key} is within the limit or gone, remove its entry";
        }
    }

    private static string? NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText + ".ctor",
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        BaseMethodDeclarationSyntax other => other.GetType().Name.Replace("DeclarationSyntax", "", StringComparison.Ordinal),
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        IndexerDeclarationSyntax => "this[]",
        _ => null,
    };
}

/// <summary>The length in lines of one thing: how the ratchet calls it, and where a reader finds it.</summary>
internal sealed record Measure(string Key, string Place, int Lines);
