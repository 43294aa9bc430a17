import { syncConstants, type SyncConstants } from './constants';

/**
 * Which of several attempts to connect becomes the connection. One message that is held up holds up all behind it, so a client that has not
 * heard enough after a while tries once more beside it, and keeps the attempt that was first (as RFC 8305 does with addresses).
 */
export class ConnectionRace<T> {
  readonly #constants: SyncConstants;
  readonly #open = new Set<T>();
  #winner: T | null = null;
  #begun = 0;
  #lastAt = Number.NEGATIVE_INFINITY;

  constructor(constants: SyncConstants = syncConstants) {
    this.#constants = constants;
  }

  /** The connection, once there is one. */
  get winner(): T | null {
    return this.#winner;
  }

  /** Whether every attempt was lost, so that it is time for another race. */
  get isLost(): boolean {
    return this.#begun > 0 && this.#open.size === 0;
  }

  /** When to begin another attempt, by the own clock; infinite when there is to be none. */
  get nextAt(): number {
    const isOver = this.#winner !== null || this.#begun >= this.#constants.attemptsMax;
    return isOver ? Number.POSITIVE_INFINITY : this.#lastAt + this.#constants.attemptDelayMs;
  }

  /** Notes that an attempt was begun. */
  began(attempt: T, localMs: number): void {
    this.#open.add(attempt);
    this.#begun += 1;
    this.#lastAt = localMs;
  }

  /** Notes that an attempt, or the connection, was lost. */
  lost(attempt: T): void {
    this.#open.delete(attempt);
  }

  /**
   * Notes that with what was heard on this attempt the client knows all that it needs: where the party is, and what time it is.
   * @returns the attempts to close: all others when it is the first, itself when it is not.
   */
  heardEnough(attempt: T): readonly T[] {
    this.#winner ??= attempt;
    const losers = [...this.#open].filter((open) => open !== this.#winner);
    losers.forEach((loser) => this.#open.delete(loser));
    return losers;
  }
}
