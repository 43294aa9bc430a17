/** The party's playback as the server sends it. */
export interface Playback {
  readonly itemId: string | null;
  /** The position at `atMs`. */
  readonly positionMs: number;
  readonly playing: boolean;
  /** Times normal speed. */
  readonly rate: number;
  /** From when on it holds, in cluster time; in the future for a command that takes effect then. */
  readonly atMs: number;
}

/** Where the party is at an instant. */
export interface Target {
  readonly playback: Playback;
  /** Whether it plays: not before it takes effect. */
  readonly playing: boolean;
  readonly positionMs: number;
}

/** The position of a playback at a cluster time. */
export function positionAt(playback: Playback, clusterMs: number): number {
  const passed = playback.playing ? Math.max(clusterMs - playback.atMs, 0) : 0;
  return playback.positionMs + passed * playback.rate;
}

/** What holds now, and what will: commands come before they take effect, and more than one can be on its way. */
export class PlaybackClock {
  #known: Playback[] = [];
  #seq = Number.NEGATIVE_INFINITY;

  /**
   * Takes what a frame says.
   * @param seq the frame's number: what is older than the newest is a repetition and left out.
   */
  take(playback: Playback, seq: number): void {
    if (seq < this.#seq) {
      return;
    }

    this.#seq = seq;
    // What is told once more is nothing new.
    const told = this.#known.find((known) => isSame(known, playback)) ?? playback;
    this.#known = this.#known.filter((known) => known.atMs < playback.atMs);
    this.#known.push(told);
  }

  /** Whether anything is known. */
  get isKnown(): boolean {
    return this.#known.length > 0;
  }

  /** The newest that is known, whether it holds already or not. */
  get newest(): Playback | null {
    return this.#known.at(-1) ?? null;
  }

  /** Where the party is; before the first that is known takes effect, where that begins, at rest. */
  at(clusterMs: number): Target | null {
    while (this.#known.length > 1 && this.#known[1]!.atMs <= clusterMs) {
      this.#known.shift();
    }

    const playback = this.#known[0];
    if (playback === undefined) {
      return null;
    }

    const playing = playback.playing && playback.atMs <= clusterMs;
    return { playback, playing, positionMs: positionAt(playback, clusterMs) };
  }

  /** What takes effect next; null when nothing is on its way. */
  next(clusterMs: number): Playback | null {
    return this.#known.find((known) => known.atMs > clusterMs) ?? null;
  }
}

function isSame(one: Playback, other: Playback): boolean {
  return one.atMs === other.atMs && one.positionMs === other.positionMs && one.playing === other.playing
    && one.rate === other.rate && one.itemId === other.itemId;
}
