namespace AkkaParty.Catalog;

/// <summary>What a title is. The two kinds are numbered separately: the same id may mean a film and a series.</summary>
public enum TitleKind
{
    /// <summary>A film.</summary>
    Film,

    /// <summary>A series.</summary>
    Series,
}
