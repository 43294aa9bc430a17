namespace AkkaParty.Catalog;

/// <summary>A film or series with everything known of it.</summary>
/// <param name="Hit">It, as a search would show it.</param>
/// <param name="Regions">Where it can be watched, one entry per country that is known, in the order of their codes.</param>
public sealed record TitleDetails(TitleHit Hit, IReadOnlyList<RegionOffers> Regions);

/// <summary>Where a title can be watched in one country.</summary>
/// <param name="Region">The country: two capital letters.</param>
/// <param name="Link">A page that lists the offers, or null.</param>
/// <param name="Offers">The offers: subscriptions first, then with advertising, free, for rent and for sale.</param>
public sealed record RegionOffers(string Region, string? Link, IReadOnlyList<Offer> Offers);

/// <summary>One service's offer of a title.</summary>
/// <param name="Provider">The service, 1 to 100 characters.</param>
/// <param name="Access">What it asks for: <c>flatrate</c>, <c>ads</c>, <c>free</c>, <c>rent</c> or <c>buy</c>.</param>
/// <param name="LogoUrl">The full address of its logo, or null.</param>
public sealed record Offer(string Provider, string Access, string? LogoUrl);
