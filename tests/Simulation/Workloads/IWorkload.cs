namespace AkkaParty.Simulation.Workloads;

/// <summary>Clients that use one kind of entity, and what must hold of what they saw.</summary>
internal interface IWorkload
{
    /// <summary>Begins; goes on until <see cref="Stop"/>.</summary>
    void Start();

    /// <summary>Nothing new is begun; what is open goes on until it is settled.</summary>
    void Stop();

    /// <summary>
    /// Has every entity look at its head once more. A commit whose connection broke may have been carried out after its entity had
    /// read itself back: nobody was told of it, and the entity finds it at its next command.
    /// </summary>
    void Touch();

    /// <summary>What is not yet as it must be when no fault is left.</summary>
    IEnumerable<string> Unsettled();

    /// <summary>Asks every entity at every node a last time.</summary>
    void Probe();

    /// <summary>Compares everything that was seen with the journal.</summary>
    void Check();
}
