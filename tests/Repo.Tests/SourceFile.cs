using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AkkaParty.Repo.Tests;

/// <summary>One text file: its path from the repository's root, with forward slashes, and what is in it.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<string[]> _lines = new(() => SplitLines(text));
    private readonly Lazy<SyntaxTree> _tree = new(() => CSharpSyntaxTree.ParseText(
        text, new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None), path));

    public string Path => path;

    public string Text => text;

    public string Name => System.IO.Path.GetFileName(path);

    public bool IsBinary => text.Contains('\0', StringComparison.Ordinal);

    public string[] Lines => _lines.Value;

    public SyntaxTree Tree => _tree.Value;

    public IEnumerable<T> Nodes<T>() where T : SyntaxNode => Tree.GetRoot().DescendantNodes().OfType<T>();

    public bool HasExtension(params string[] extensions) => extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.Ordinal);

    /// <summary>A finding at a place in this file; lines count from 1.</summary>
    public string At(int line, string finding) => $"{path}:{line}: {finding}";

    public string At(SyntaxNodeOrToken place, string finding) => At(LineOf(place), finding);

    public override string ToString() => path;

    private static int LineOf(SyntaxNodeOrToken place) => (place.GetLocation()?.GetLineSpan().StartLinePosition.Line ?? 0) + 1;

    private static string[] SplitLines(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
