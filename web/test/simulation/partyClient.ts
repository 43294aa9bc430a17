import { ConnectionRace, Follower, PingPacer, type Playback } from '../../src/sync';
import type { Agenda } from './agenda';
import { Link, type Path } from './link';
import type { Command, Connection, PartyServer } from './partyServer';
import type { Seeded } from './random';
import { SimulatedPlayer } from './simulatedPlayer';

/** What a client is like. */
export interface Device {
  readonly path: Path;
  /** The own clock at true time 0. */
  readonly offsetMs: number;
  readonly driftPpm: number;
  readonly readingNoiseMs: number;
}

/** One attempt to connect, and what becomes of it. */
interface Session {
  readonly up: Link;
  readonly down: Link;
  readonly connection: Connection;
  readonly beganAt: number;
  isTold: boolean;
}

/** A client of a party, with a clock and a player of its own, on a network of its own. */
export class PartyClient {
  readonly follower: Follower;
  readonly device: Device;
  readonly #agenda: Agenda;
  readonly #random: Seeded;
  readonly #server: PartyServer;
  readonly #player: SimulatedPlayer;
  #race = new ConnectionRace<Session>();
  #sessions: Session[] = [];
  #wakes = 0;
  #isGone = false;
  /** True time at which the present connection was begun; NaN while there is none. */
  connectingSince = Number.NaN;
  /** How often it has been connected. */
  connections = 0;
  seeks = 0;

  constructor(agenda: Agenda, random: Seeded, server: PartyServer, device: Device, follower = new Follower()) {
    this.#agenda = agenda;
    this.#random = random;
    this.#server = server;
    this.device = device;
    this.follower = follower;
    this.#player = new SimulatedPlayer(random, device.readingNoiseMs);
  }

  /** Whether the present connection has told where the party is. */
  get isTold(): boolean {
    return this.#sessions.some((session) => session.isTold);
  }

  /** What it takes to be in effect now. */
  get followed(): Playback | null {
    return this.follower.targetAt(this.#local())?.playback ?? null;
  }

  truePosition(): number {
    return this.#player.positionAt(this.#local());
  }

  connect(): void {
    this.connectingSince = this.#agenda.now;
    this.connections += 1;
    this.#race = new ConnectionRace<Session>();
    this.#attempt();
  }

  leave(): void {
    this.#isGone = true;
    this.#race = new ConnectionRace<Session>();
    this.connectingSince = Number.NaN;
    this.#sessions.forEach((session) => this.#cut(session));
  }

  give(command: Command): void {
    const meantAt = this.follower.clock.isKnown ? this.follower.clock.toCluster(this.#local()) : null;
    this.#race.winner?.up.send(() => this.#server.give(command, meantAt));
  }

  #attempt(): void {
    const node = this.#random.pick([0, 1, 2].filter((one) => this.#server.isUp(one)));
    const { path } = this.device;
    const up = new Link(this.#agenda, this.#random, path.upMs, path);
    const down = new Link(this.#agenda, this.#random, path.downMs, path);
    const connection: Connection = {
      node,
      roundTripMs: 100,
      receive: (playbacks, seq) => {
        const sentAt = this.#server.now(node);
        down.send(() => this.#take(session, playbacks, seq, sentAt));
      },
      lost: () => this.#agenda.at(this.#agenda.now + path.downMs, () => this.#lose(session)),
    };
    const session: Session = { up, down, connection, beganAt: this.#local(), isTold: false };
    this.#sessions.push(session);
    const race = this.#race;
    race.began(session, session.beganAt);
    // The handshake of TCP, then the request that becomes a WebSocket.
    up.send(() => down.send(() => up.send(() => this.#server.open(connection))));
    if (race.nextAt < Number.POSITIVE_INFINITY) {
      this.#atLocal(race.nextAt, () => {
        if (race === this.#race && !race.isLost && race.nextAt < Number.POSITIVE_INFINITY) {
          this.#attempt();
        }
      });
    }
  }

  #take(session: Session, playbacks: readonly Playback[], seq: number, sentAt: number): void {
    const local = this.#local();
    for (const playback of playbacks) {
      this.follower.take(playback, seq);
    }

    if (!session.isTold) {
      session.isTold = true;
      this.follower.note(sentAt, local, session.beganAt);
      this.#ping(session, new PingPacer(local));
    }

    this.#hear(session);
  }

  #ping(session: Session, pacer: PingPacer): void {
    this.#atLocal(pacer.nextAt, () => {
      if (!this.#sessions.includes(session)) {
        return;
      }

      const t0 = this.#local();
      pacer.sent(t0);
      session.up.send(() => {
        const t1 = this.#server.now(session.connection.node);
        session.down.send(() => {
          this.follower.sample({ t0, t1, t2: t1, t3: this.#local() });
          this.#hear(session);
          session.up.send(() => {
            session.connection.roundTripMs = this.follower.clock.roundTripMs;
          });
        });
      });
      this.#ping(session, pacer);
    });
  }

  #hear(session: Session): void {
    if (this.follower.clock.isKnown) {
      this.#race.heardEnough(session).forEach((loser) => this.#cut(loser));
    }

    this.#step();
  }

  #step(): void {
    if (this.#isGone) {
      return;
    }

    const local = this.#local();
    const step = this.follower.step(local, this.#player.read(local));
    for (const action of step.actions) {
      this.#player.tell(action, local);
      this.seeks += action.type === 'seek' ? 1 : 0;
    }

    // A page looks again when its player says that it is ready.
    const readyAt = this.#player.readyAt;
    const wakeAt = readyAt > local ? Math.min(step.wakeAtMs, readyAt) : step.wakeAtMs;
    const wake = ++this.#wakes;
    this.#atLocal(wakeAt, () => {
      if (wake === this.#wakes) {
        this.#step();
      }
    });
  }

  #lose(session: Session): void {
    if (!this.#sessions.includes(session)) {
      return;
    }

    this.#cut(session);
    this.#race.lost(session);
    if (this.#race.isLost) {
      this.connectingSince = Number.NaN;
      this.#agenda.at(this.#agenda.now + this.#random.between(100, 1000), () => this.#isGone || this.connect());
    }
  }

  #cut(session: Session): void {
    this.#sessions = this.#sessions.filter((open) => open !== session);
    session.up.cut();
    session.down.cut();
    this.#server.close(session.connection);
  }

  #local(): number {
    return this.device.offsetMs + this.#agenda.now * (1 + this.device.driftPpm / 1e6);
  }

  /** Timers are never early, mostly a little late, and sometimes more. */
  #atLocal(local: number, run: () => void): void {
    const late = this.#random.chance(0.02) ? this.#random.between(5, 40) : this.#random.between(0, 4);
    const time = (local - this.device.offsetMs) / (1 + this.device.driftPpm / 1e6);
    this.#agenda.at(time + late, run);
  }
}
