using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AkkaParty.Repo.Tests.Rules;

/// <summary>One word for one thing: names that the glossary rules out do not occur in what this repository declares.</summary>
internal static partial class GlossaryRule
{
    private static readonly Regex WordPattern = WordRegex();

    // What a type's name may not end in, whatever it does: such a name says nothing.
    private static readonly string[] EmptySuffixes = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service"];

    /// <summary>The terms of the glossary: table rows of term, meaning, and what is not said (code spans, or a dash for nothing).</summary>
    public static IEnumerable<GlossaryTerm> Terms(SourceFile glossary) =>
        from row in Markdown.TableRows(glossary)
        where row.Cells.Length == 3
        let notSaid = CodeSpanRegex().Matches(row.Cells[2]).Select(match => match.Groups[1].Value).ToArray()
        select new GlossaryTerm(row.Cells[0], row.Cells[1], notSaid);

    public static IEnumerable<string> WrongNames(SourceFile file, IReadOnlyList<GlossaryTerm> terms)
    {
        foreach (var (place, name, isType) in DeclaredNames(file))
        {
            foreach (var term in terms)
            {
                if (term.NotSaid.FirstOrDefault(word => HasWord(name, word)) is { } word)
                {
                    yield return file.At(place, $"{name}: the glossary says {term.Name}, not {word}");
                }
            }

            if (isType && EmptySuffixes.FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.Ordinal)) is { } suffix)
            {
                yield return file.At(place, $"{name}: a name ending in {suffix} does not say what the type is");
            }
        }
    }

    /// <summary>
    /// Whether the words of a synonym follow each other among the words of a name: EventStore is in IEventStoreOptions, but not in
    /// EventStored.
    /// </summary>
    public static bool HasWord(string name, string synonym)
    {
        var words = Words(name);
        var sought = Words(synonym);
        return Enumerable.Range(0, Math.Max(0, words.Count - sought.Count + 1))
            .Any(start => sought.SequenceEqual(words.Skip(start).Take(sought.Count), StringComparer.OrdinalIgnoreCase));
    }

    private static List<string> Words(string name) => WordPattern.Matches(name).Select(match => match.Value).ToList();

    private static IEnumerable<(SyntaxToken Place, string Name, bool IsType)> DeclaredNames(SourceFile file)
    {
        foreach (var node in file.Tree.GetRoot().DescendantNodes())
        {
            var name = node switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier,
                DelegateDeclarationSyntax type => type.Identifier,
                MethodDeclarationSyntax method => method.Identifier,
                PropertyDeclarationSyntax property => property.Identifier,
                EventDeclarationSyntax property => property.Identifier,
                EnumMemberDeclarationSyntax value => value.Identifier,
                VariableDeclaratorSyntax variable => variable.Identifier,
                ParameterSyntax parameter => parameter.Identifier,
                TypeParameterSyntax parameter => parameter.Identifier,
                LocalFunctionStatementSyntax function => function.Identifier,
                SingleVariableDesignationSyntax variable => variable.Identifier,
                ForEachStatementSyntax loop => loop.Identifier,
                _ => default,
            };
            var isOverride = node is MemberDeclarationSyntax member && member.Modifiers.Any(modifier => modifier.ValueText == "override");
            if (name != default && !isOverride)
            {
                yield return (name, name.ValueText, node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);
            }
        }

        foreach (var part in file.Nodes<BaseNamespaceDeclarationSyntax>().SelectMany(n => n.Name.DescendantTokens()))
        {
            yield return (part, part.ValueText, false);
        }
    }

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")]
    private static partial Regex WordRegex();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpanRegex();
}

/// <summary>One row of the glossary.</summary>
internal sealed record GlossaryTerm(string Name, string Meaning, IReadOnlyList<string> NotSaid);
