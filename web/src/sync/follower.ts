import { ClockOffset, type ClockSample } from './clockOffset';
import { syncConstants, type SyncConstants } from './constants';
import { Corrector, type Step } from './corrector';
import { PlaybackClock, type Playback, type Target } from './playbackClock';
import type { PlayerState } from './player';

/**
 * All that a client needs to stay in step, without a network, a player or timers of its own: what is heard goes in, what to tell the player
 * comes out. It outlives connections: what is known of the clock stays true.
 */
export class Follower {
  readonly clock: ClockOffset;
  readonly playback = new PlaybackClock();
  readonly corrector: Corrector;
  #barrier: number | null = null;
  #barrierSeq = Number.NEGATIVE_INFINITY;

  constructor(constants: SyncConstants = syncConstants) {
    this.clock = new ClockOffset(constants);
    this.corrector = new Corrector(this.clock, this.playback, constants);
  }

  /** An answer to a `clock` frame. */
  sample(sample: ClockSample): void {
    this.clock.add(sample);
  }

  /** The first frame of a connection, which was begun at `beganMs`, said what its server's time was. */
  note(clusterMs: number, localMs: number, beganMs: number): void {
    this.clock.note(clusterMs, localMs, beganMs);
  }

  /** A frame said how the party plays. */
  take(playback: Playback, seq: number): void {
    this.playback.take(playback, seq);
  }

  /**
   * A frame said whom playing waits for.
   * @param barrier the barrier's number; null for nobody.
   * @param seq the frame's number: what is older than the newest is a repetition and left out.
   */
  wait(barrier: number | null, seq: number): void {
    if (seq >= this.#barrierSeq) {
      this.#barrierSeq = seq;
      this.#barrier = barrier;
    }
  }

  /** The barrier that playing waits at; null for none. */
  get barrier(): number | null {
    return this.#barrier;
  }

  /** To be called when a frame came, when the player became ready, and at the latest when the last call said. */
  step(nowMs: number, player: PlayerState): Step {
    return this.corrector.step(nowMs, player);
  }

  /** Where the party is, as far as that is known. */
  targetAt(localMs: number): Target | null {
    return this.playback.at(this.clock.isGuessed ? this.clock.toCluster(localMs) : Number.NEGATIVE_INFINITY);
  }
}
