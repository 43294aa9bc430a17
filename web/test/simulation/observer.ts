import { positionAt, syncConstants, type Playback } from '../../src/sync';
import type { Agenda } from './agenda';
import { Figures } from './figures';
import type { PartyClient } from './partyClient';
import type { PartyServer } from './partyServer';

type Disturbance = 'join' | 'reconnect' | 'command';

/** How long a client has to stay near before it is taken to have settled when it came near. */
const stayMs = 1000;

interface Watched {
  connections: number;
  truth: Playback | null;
  cause: Disturbance;
  /** When what unsettled it happened. */
  since: number;
  /** When it came near, to stay so far; NaN while it is not. */
  nearSince: number;
  settled: boolean;
}

/**
 * Looks at where all clients truly are, many times a second. A client has settled when it follows the command that is in effect and has
 * stayed near; from then on it counts, however far it strays, until the next command, or until it loses its connection.
 */
export class Observer {
  /** Between each two clients. */
  readonly pairs = new Figures();
  /** Between the first and the last of all. */
  readonly widest = new Figures();
  readonly settling: Record<Disturbance, Figures> = { join: new Figures(), reconnect: new Figures(), command: new Figures() };
  readonly #agenda: Agenda;
  readonly #server: PartyServer;
  readonly #watched = new Map<PartyClient, Watched>();

  constructor(agenda: Agenda, server: PartyServer) {
    this.#agenda = agenda;
    this.#server = server;
  }

  watch(client: PartyClient): void {
    this.#watched.set(client, { connections: 0, truth: null, cause: 'join', since: 0, nearSince: Number.NaN, settled: false });
  }

  forget(client: PartyClient): void {
    this.#watched.delete(client);
  }

  look(): void {
    const now = this.#agenda.now;
    const truth = this.#server.truthAt(now);
    const positions: number[] = [];
    for (const [client, watched] of this.#watched) {
      const position = this.#judge(client, watched, truth, now);
      if (position !== null && truth.playing) {
        positions.push(position);
      }
    }

    positions.sort((a, b) => a - b);
    for (let later = 1; later < positions.length; later++) {
      for (let earlier = 0; earlier < later; earlier++) {
        this.pairs.add(positions[later]! - positions[earlier]!);
      }
    }

    if (positions.length > 1) {
      this.widest.add(positions.at(-1)! - positions[0]!);
    }
  }

  #judge(client: PartyClient, watched: Watched, truth: Playback, now: number): number | null {
    if (Number.isNaN(client.connectingSince)) {
      return null;
    }

    if (client.connections !== watched.connections) {
      this.#unsettle(watched, watched.connections === 0 ? 'join' : 'reconnect', client.connectingSince);
      watched.connections = client.connections;
    } else if (truth !== watched.truth && watched.settled) {
      this.#unsettle(watched, 'command', now);
    }

    watched.truth = truth;
    const isFollowing = client.isTold && client.followed?.atMs === truth.atMs;
    const position = client.truePosition();
    if (!watched.settled) {
      const isNear = isFollowing && Math.abs(position - positionAt(truth, now)) <= syncConstants.settledMs * truth.rate;
      watched.nearSince = !isNear ? Number.NaN : Number.isNaN(watched.nearSince) ? now : watched.nearSince;
      if (now - watched.nearSince >= stayMs) {
        watched.settled = true;
        this.settling[watched.cause].add(watched.nearSince - watched.since);
      }
    }

    return watched.settled && isFollowing ? position : null;
  }

  #unsettle(watched: Watched, cause: Disturbance, since: number): void {
    watched.cause = cause;
    watched.since = since;
    watched.settled = false;
    watched.nearSince = Number.NaN;
  }
}
