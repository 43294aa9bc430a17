namespace AkkaParty.Catalog;

/// <summary>Names this assembly for reflection.</summary>
public static class CatalogAssembly
{
}
