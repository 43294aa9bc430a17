import type { SyncConstants } from './constants';

/** How long the player takes to do something, learnt from how far behind it was afterwards. */
export class Latency {
  readonly #constants: SyncConstants;
  #ms: number;
  #isKnown = false;

  constructor(ms: number, constants: SyncConstants) {
    this.#ms = ms;
    this.#constants = constants;
  }

  get ms(): number {
    return this.#ms;
  }

  /** @param errorMs how far ahead the player was afterwards, although this latency had been allowed for. */
  learn(errorMs: number): void {
    const learnt = this.#ms - errorMs * (this.#isKnown ? this.#constants.latencyGain : 1);
    this.#isKnown = true;
    this.#ms = Math.min(Math.max(learnt, 0), this.#constants.latencyMaxMs);
  }
}
