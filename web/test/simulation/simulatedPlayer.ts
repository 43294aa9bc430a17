import type { PlayerAction, PlayerState } from '../../src/sync';
import type { Seeded } from './random';

/** A player that takes time to begin and to jump, and that runs on its device's own clock. */
export class SimulatedPlayer {
  readonly #random: Seeded;
  readonly #startMs: number;
  readonly #seekMs: number;
  readonly #noiseMs: number;
  #itemId: string | null = null;
  #position = 0;
  #since = 0;
  #playing = false;
  #readyAt = 0;
  #rate = 1;

  constructor(random: Seeded, noiseMs: number) {
    this.#random = random;
    this.#startMs = random.between(5, 80);
    this.#seekMs = random.between(20, 250);
    this.#noiseMs = noiseMs;
  }

  /** Where it really is. */
  positionAt(local: number): number {
    return this.#position + (this.#playing ? Math.max(local - this.#since, 0) * this.#rate : 0);
  }

  /** When it will have the data for where it is. */
  get readyAt(): number {
    return this.#readyAt;
  }

  read(local: number): PlayerState {
    return {
      itemId: this.#itemId,
      positionMs: this.positionAt(local) + (this.#playing ? this.#random.between(-this.#noiseMs, this.#noiseMs) : 0),
      playing: this.#playing,
      ready: local >= this.#readyAt,
      rate: this.#rate,
      durationMs: null,
    };
  }

  tell(action: PlayerAction, local: number): void {
    this.#position = this.positionAt(local);
    this.#since = Math.max(this.#since, local);
    switch (action.type) {
      case 'load':
        this.#itemId = action.itemId;
        this.#playing = false;
        this.#rate = 1;
        this.#moveTo(action.positionMs, local, this.#random.between(100, 400));
        break;
      case 'seek':
        this.#moveTo(action.positionMs, local, this.#seekMs * this.#random.between(0.8, 1.3));
        break;
      case 'play':
        if (!this.#playing) {
          this.#playing = true;
          this.#since = Math.max(this.#readyAt, local) + this.#startMs * this.#random.between(0.8, 1.3);
        }

        break;
      case 'pause':
        this.#playing = false;
        break;
      case 'rate':
        this.#rate = action.rate;
        break;
    }
  }

  #moveTo(position: number, local: number, takes: number): void {
    this.#position = position;
    this.#readyAt = local + takes;
    this.#since = Math.max(this.#since, this.#readyAt);
  }
}
