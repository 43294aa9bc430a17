namespace AkkaParty.Actors;

/// <summary>Names this assembly for reflection.</summary>
public static class ActorsAssembly
{
}
