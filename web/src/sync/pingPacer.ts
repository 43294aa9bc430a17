import { syncConstants, type SyncConstants } from './constants';

/** When to send a `clock` frame: often at first, so that a client is in step soon, then now and then. */
export class PingPacer {
  readonly #constants: SyncConstants;
  #beganAt: number;
  #sent = 0;
  #lastAt: number;

  /** @param localMs when the connection opened, or the page came back to the front. */
  constructor(localMs: number, constants: SyncConstants = syncConstants) {
    this.#constants = constants;
    this.#beganAt = localMs;
    this.#lastAt = localMs;
  }

  /** When the next one is due, by the own clock. */
  get nextAt(): number {
    const burst = this.#constants.burstMs[this.#sent];
    return burst === undefined ? this.#lastAt + this.#constants.steadyPingMs : this.#beganAt + burst;
  }

  /** Notes that one was sent. */
  sent(localMs: number): void {
    this.#sent += 1;
    this.#lastAt = localMs;
  }

  /** Begins with many again. */
  restart(localMs: number): void {
    this.#beganAt = localMs;
    this.#lastAt = localMs;
    this.#sent = 0;
  }
}
