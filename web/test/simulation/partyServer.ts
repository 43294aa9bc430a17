import { positionAt, type Playback } from '../../src/sync';
import type { Agenda } from './agenda';
import type { Seeded } from './random';

/** What the server keeps of a connection. */
export interface Connection {
  readonly node: number;
  roundTripMs: number;
  /** What goes on from now, in order, and the number of the last event. */
  receive(playbacks: readonly Playback[], seq: number): void;
  lost(): void;
}

export type Command =
  | { readonly type: 'play' | 'pause' }
  | { readonly type: 'seek'; readonly positionMs: number }
  | { readonly type: 'rate'; readonly rate: number };

/** A party and the nodes that serve it, as far as clocks and playback go. Cluster time is true time, but for what the nodes err by. */
export class PartyServer {
  static readonly nodes = 3;
  readonly #agenda: Agenda;
  readonly #errors: readonly number[];
  readonly #connections = new Set<Connection>();
  readonly #waiting: (() => void)[] = [];
  readonly history: Playback[];
  #seq = 1;
  #downUntil: number[] = [0, 0, 0];
  #awayUntil = 0;

  constructor(agenda: Agenda, random: Seeded) {
    this.#agenda = agenda;
    this.#errors = Array.from({ length: PartyServer.nodes }, () => random.between(-1.5, 1.5));
    this.history = [{ itemId: 'film', positionMs: 0, playing: false, rate: 1, atMs: 0 }];
  }

  now(node: number): number {
    return this.#agenda.now + this.#errors[node]!;
  }

  isUp(node: number): boolean {
    return this.#agenda.now >= this.#downUntil[node]!;
  }

  /** A new connection is told where the party is, as soon as the party can be asked. */
  open(connection: Connection): void {
    this.#whenHome(() => {
      this.#connections.add(connection);
      const inEffect = this.history.findLastIndex((playback) => playback.atMs <= this.now(0));
      connection.receive(this.history.slice(inEffect), this.#seq);
    });
  }

  close(connection: Connection): void {
    this.#connections.delete(connection);
  }

  /** @param meantAtMs when it was meant, in cluster time; null when the sender does not know. */
  give(command: Command, meantAtMs: number | null): void {
    this.#whenHome(() => this.#decide(command, meantAtMs));
  }

  /** Kills a node: its connections are lost, and a party that lived there is away until another node has taken it over. */
  kill(node: number, awayMs: number): void {
    this.#downUntil[node] = this.#agenda.now + 8000;
    this.#awayUntil = this.#agenda.now + awayMs;
    for (const connection of [...this.#connections]) {
      if (connection.node === node) {
        this.close(connection);
        connection.lost();
      }
    }

    this.#agenda.at(this.#awayUntil, () => this.#waiting.splice(0).forEach((run) => run()));
  }

  /** Where the party truly is: what had been decided to hold then. */
  truthAt(time: number): Playback {
    return this.history.findLast((playback) => playback.atMs <= time)!;
  }

  #whenHome(run: () => void): void {
    if (this.#agenda.now < this.#awayUntil) {
      this.#waiting.push(run);
    } else {
      run();
    }
  }

  #decide(command: Command, meantAtMs: number | null): void {
    const now = this.now(0);
    const meantAt = Math.min(Math.max(meantAtMs ?? now, now - 5000), now);
    const last = this.history.at(-1)!;
    const slowest = Math.max(100, ...[...this.#connections].map((connection) => Math.ceil(connection.roundTripMs / 100) * 100));
    const lead = Math.min(Math.max(2 * slowest, 200), 1000);
    const atMs = Math.max(Math.ceil(Math.max(meantAt + lead, now + lead / 2) / 20) * 20, last.atMs);
    const positionMs = command.type === 'seek' ? command.positionMs : Math.round(positionAt(last, atMs));
    const playing = command.type === 'play' || (command.type !== 'pause' && last.playing);
    const rate = command.type === 'rate' ? command.rate : last.rate;
    const playback = { itemId: 'film', positionMs, playing, rate, atMs };
    this.history.push(playback);
    this.#seq += 1;
    for (const connection of this.#connections) {
      connection.receive([playback], this.#seq);
    }
  }
}
