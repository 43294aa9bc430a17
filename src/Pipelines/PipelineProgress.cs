namespace AkkaParty.Pipelines;

/// <summary>Where a pipeline stands. Counted without stopping it, so that its numbers may be of slightly different instants.</summary>
/// <param name="Name">The pipeline.</param>
/// <param name="Stages">Its stages, first to last.</param>
public sealed record PipelineProgress(string Name, IReadOnlyList<StageProgress> Stages);

/// <summary>Where a stage stands.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Waiting">Elements that wait in front of it.</param>
/// <param name="Active">Elements that are worked on, those that wait to be tried again or for room behind included.</param>
/// <param name="Done">Elements whose work succeeded, those that shared it included.</param>
/// <param name="Failed">Elements whose work failed for good.</param>
/// <param name="Joined">Elements that shared another's work.</param>
/// <param name="Retries">Tries after the first.</param>
public sealed record StageProgress(string Name, int Waiting, int Active, long Done, long Failed, long Joined, long Retries);
