import type { Agenda } from './agenda';
import type { Seeded } from './random';

/** What a client's way to the server is like. */
export interface Path {
  readonly upMs: number;
  readonly downMs: number;
  /** The mean of what is added to each message, as a share of its delay. */
  readonly jitter: number;
  /** The share of messages that are held up. */
  readonly stalled: number;
  readonly stallMs: number;
}

/** One direction of a connection: messages are late but stay in order, so that one that is held up holds up those behind it. */
export class Link {
  readonly #agenda: Agenda;
  readonly #random: Seeded;
  readonly #delay: number;
  readonly #path: Path;
  #lastAt = 0;
  #isCut = false;

  constructor(agenda: Agenda, random: Seeded, delay: number, path: Path) {
    this.#agenda = agenda;
    this.#random = random;
    this.#delay = delay;
    this.#path = path;
  }

  send(deliver: () => void): void {
    const stall = this.#random.chance(this.#path.stalled) ? this.#path.stallMs : 0;
    const late = this.#delay + this.#random.exponential(this.#delay * this.#path.jitter) + stall;
    this.#lastAt = Math.max(this.#lastAt, this.#agenda.now + late);
    this.#agenda.at(this.#lastAt, () => {
      if (!this.#isCut) {
        deliver();
      }
    });
  }

  cut(): void {
    this.#isCut = true;
  }
}
