using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AkkaParty.Repo.Tests.Rules;

/// <summary>Rules on C# that no analyzer here checks.</summary>
internal static class CodeRule
{
    public const int ProgramMax = 80;

    private static readonly string[] PureImports = ["System", "AkkaParty.Protocol", "AkkaParty.Runtime.Entities"];

    /// <summary>A test runs or it is removed.</summary>
    public static IEnumerable<string> SkippedTests(SourceFile file)
    {
        foreach (var argument in file.Nodes<AttributeArgumentSyntax>())
        {
            if (argument.NameEquals?.Name.Identifier.ValueText is "Skip" or "SkipWhen" or "SkipUnless" or "SkipExceptions" or "Explicit")
            {
                yield return file.At(argument, $"{argument.NameEquals.Name} leaves a test out");
            }
        }

        foreach (var call in file.Nodes<MemberAccessExpressionSyntax>())
        {
            if (call.Expression.ToString() == "Assert" && call.Name.Identifier.ValueText is "Skip" or "SkipWhen" or "SkipUnless")
            {
                yield return file.At(call, $"{call} leaves a test out");
            }
        }
    }

    /// <summary>A catch block does something, or says inside its braces why nothing is to be done.</summary>
    public static IEnumerable<string> SwallowedExceptions(SourceFile file) =>
        from clause in file.Nodes<CatchClauseSyntax>()
        where clause.Block.Statements.Count == 0 && !HasComment(clause.Block)
        select file.At(clause, "an empty catch block without a comment that says why");

    public static IEnumerable<string> ProgramSize(SourceFile file)
    {
        if (file.Lines.Length >= ProgramMax)
        {
            yield return file.At(file.Lines.Length, $"{file.Lines.Length} lines, Program.cs composes in fewer than {ProgramMax}");
        }
    }

    /// <summary>Whether a file holds rules of the domain, which are pure functions over plain data.</summary>
    public static bool IsPure(SourceFile file) =>
        file.Path.StartsWith("src/Actors/", StringComparison.Ordinal)
        && (file.Path.EndsWith("Decider.cs", StringComparison.Ordinal)
            || file.Path.EndsWith("State.cs", StringComparison.Ordinal)
            || file.Name == "InstantRunoff.cs");

    public static IEnumerable<string> PureFileImports(SourceFile file)
    {
        foreach (var import in file.Nodes<UsingDirectiveSyntax>())
        {
            var name = import.NamespaceOrType.ToString().Replace("global::", "", StringComparison.Ordinal);
            if (!PureImports.Any(allowed => name == allowed || name.StartsWith(allowed + ".", StringComparison.Ordinal)))
            {
                yield return file.At(import, $"imports {name}, a pure file may import {string.Join(", ", PureImports)}");
            }
        }
    }

    private static bool HasComment(BlockSyntax block) =>
        block.OpenBraceToken.TrailingTrivia.Concat(block.CloseBraceToken.LeadingTrivia)
            .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));
}
