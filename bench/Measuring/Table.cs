namespace AkkaParty.Bench.Measuring;

/// <summary>A Markdown table on the console: what is printed can go straight into a document.</summary>
internal sealed class Table
{
    private readonly List<string[]> _rows = [];

    public Table(string title, params string[] columns)
    {
        Title = title;
        _rows.Add(columns);
    }

    public string Title { get; }

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print()
    {
        var widths = Enumerable.Range(0, _rows[0].Length).Select(c => _rows.Max(row => row[c].Length)).ToArray();
        Console.WriteLine();
        Console.WriteLine($"### {Title}");
        Console.WriteLine();
        PrintRow(_rows[0], widths);
        Console.WriteLine("|" + string.Concat(widths.Select(w => new string('-', w + 2) + "|")));
        foreach (var row in _rows.Skip(1))
        {
            PrintRow(row, widths);
        }
    }

    private static void PrintRow(string[] row, int[] widths) =>
        Console.WriteLine("| " + string.Join(" | ", row.Select((cell, c) => cell.PadRight(widths[c]))) + " |");
}
