import type { Follower } from '../../src/sync';
import { Agenda } from './agenda';
import type { Path } from './link';
import { Observer } from './observer';
import { PartyClient, type Device } from './partyClient';
import { PartyServer } from './partyServer';
import { Seeded } from './random';

/** What an evening is like. */
export interface Evening {
  readonly seed: number;
  readonly clients: number;
  readonly minutes: number;
  readonly oneWayMs: readonly [number, number];
  /** How much longer or shorter than the middle each direction is, at most: 0.3 means 70 there and 130 back. */
  readonly asymmetry: number;
  readonly stalled: number;
}

/**
 * Lives through an evening in virtual time.
 * @param first what the first client follows with, if that matters.
 */
export function live(evening: Evening, first?: Follower): Observer & { clients: PartyClient[] } {
  const random = new Seeded(evening.seed);
  const agenda = new Agenda();
  const server = new PartyServer(agenda, random);
  const observer = new Observer(agenda, server);
  const clients: PartyClient[] = [];
  const present: PartyClient[] = [];
  const end = evening.minutes * 60_000;

  const join = () => {
    const device: Device = {
      path: pathOf(evening, random),
      offsetMs: random.between(-10_000, 10_000),
      driftPpm: random.between(-100, 100),
      readingNoiseMs: 4,
    };
    const client = new PartyClient(agenda, random, server, device, clients.length === 0 ? first : undefined);
    observer.watch(client);
    clients.push(client);
    present.push(client);
    client.connect();
  };
  const leave = () => {
    // The first one stays.
    const [client] = present.splice(1 + Math.floor(random.next() * (present.length - 1)), 1);
    client!.leave();
    observer.forget(client!);
  };
  const command = () => {
    const seek = { type: 'seek' as const, positionMs: Math.round(random.between(0, 3_600_000)) };
    const rate = { type: 'rate' as const, rate: random.pick([0.5, 0.75, 1, 1, 1.25, 1.5, 2]) };
    random.pick(present).give(random.pick([{ type: 'play' as const }, { type: 'pause' as const }, seek, rate]));
  };

  for (let client = 0; client < evening.clients; client++) {
    agenda.at(random.between(0, 3000), join);
  }

  agenda.at(5000, () => present[0]!.give({ type: 'play' }));
  for (let at = 15_000; at < end; at += random.between(4000, 16_000)) {
    agenda.at(at, command);
    // Nobody wants to see the party rest for most of the evening.
    agenda.at(at + 3000, () => server.history.at(-1)!.playing || random.pick(present).give({ type: 'play' }));
  }

  for (let at = 20_000; at < end; at += 7000) {
    agenda.at(at, join);
    agenda.at(at + 500, leave);
  }

  for (let at = 60_000; at < end; at += 60_000) {
    agenda.at(at, () => server.kill(Math.floor(random.next() * PartyServer.nodes), random.chance(1 / 3) ? random.between(500, 2000) : 0));
  }

  for (let at = 0; at < end; at += 100) {
    agenda.at(at, () => observer.look());
  }

  agenda.runUntil(end);
  return Object.assign(observer, { clients });
}

function pathOf(evening: Evening, random: Seeded): Path {
  const middle = random.between(...evening.oneWayMs);
  const lean = random.between(-evening.asymmetry, evening.asymmetry);
  return { upMs: middle * (1 + lean), downMs: middle * (1 - lean), jitter: 0.1, stalled: evening.stalled, stallMs: 2000 };
}
