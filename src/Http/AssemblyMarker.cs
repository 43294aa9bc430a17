namespace AkkaParty.Http;

/// <summary>Names this assembly for reflection.</summary>
public static class HttpAssembly
{
}
