import { describe, expect, test } from 'vitest';
import { Follower, type PlayerAction, type PlayerState, type Playback } from '../src/sync';

/** A follower whose own clock is cluster time, and a player that does at once what it is told. */
class Seat {
  readonly follower = new Follower();
  player: PlayerState = { itemId: 'film', positionMs: 0, playing: false, ready: true, rate: 1, durationMs: null };
  said: PlayerAction[] = [];
  wakeAt = 0;
  #now = 0;

  constructor(isKnown = true) {
    if (isKnown) {
      this.follower.sample({ t0: 0, t1: 0, t2: 0, t3: 0 });
    }
  }

  take(playback: Partial<Playback>, seq: number): void {
    this.follower.take({ itemId: 'film', positionMs: 0, playing: true, rate: 1, atMs: 0, ...playback }, seq);
  }

  /** The player as it is then, unless something else is said. */
  at(now: number, change: Partial<PlayerState> = {}): PlayerAction[] {
    const moved = this.player.playing && this.player.ready ? (now - this.#now) * this.player.rate : 0;
    this.player = { ...this.player, positionMs: this.player.positionMs + moved, ...change };
    this.#now = now;
    const step = this.follower.step(now, this.player);
    this.wakeAt = step.wakeAtMs;
    for (const action of step.actions) {
      this.#tell(action);
    }

    this.said = [...step.actions];
    return this.said;
  }

  /** Looks whenever it should until a time. */
  until(end: number): PlayerAction[] {
    const said: PlayerAction[] = [];
    while (this.wakeAt < end) {
      said.push(...this.at(this.wakeAt));
    }

    return said;
  }

  #tell(action: PlayerAction): void {
    switch (action.type) {
      case 'load':
        this.player = { ...this.player, itemId: action.itemId, positionMs: action.positionMs, playing: false, rate: 1 };
        break;
      case 'seek':
        this.player = { ...this.player, positionMs: action.positionMs };
        break;
      case 'rate':
        this.player = { ...this.player, rate: action.rate };
        break;
      case 'play':
      case 'pause':
        this.player = { ...this.player, playing: action.type === 'play' };
        break;
    }
  }
}

/** A seat that plays in step from 1,000 ms of cluster time on. */
function playing(): Seat {
  const seat = new Seat();
  seat.take({ positionMs: 1_000, atMs: 1_000 }, 1);
  seat.player = { ...seat.player, positionMs: 1_000, playing: true };
  seat.at(1_000, { positionMs: 1_000 });
  expect(seat.until(3_000)).toEqual([]);
  return seat;
}

describe('A corrector', () => {
  test('does nothing before it knows where the party is', () => {
    expect(new Seat().at(100)).toEqual([]);
  });

  test('loads with a guess of the clock, but does not play with one', () => {
    const seat = new Seat(false);
    seat.take({ positionMs: 10_000 }, 1);
    expect(seat.at(100)).toEqual([]);
    seat.follower.note(200, 150, 150);
    seat.player = { ...seat.player, itemId: null };
    expect(seat.at(160)).toEqual([{ type: 'load', itemId: 'film', positionMs: expect.closeTo(10_710, 1) }]);
    expect(seat.at(170)).toEqual([]);
    seat.follower.sample({ t0: 160, t1: 210, t2: 210, t3: 160 });
    expect(seat.at(220)).toEqual([]);
    expect(seat.until(1_000)[0]).toEqual({ type: 'play' });
  });

  test('leaves a player alone that is where it should be', () => {
    const seat = playing();
    expect(seat.until(20_000)).toEqual([]);
  });

  test('goes where a resting party is', () => {
    const seat = new Seat();
    seat.take({ playing: false, positionMs: 4_000 }, 1);
    expect(seat.at(100, { playing: true })).toEqual([{ type: 'pause' }, { type: 'seek', positionMs: 4_000 }]);
    expect(seat.at(200)).toEqual([]);
  });

  test('does not jump again and again when the player cannot be exact', () => {
    const seat = new Seat();
    seat.take({ playing: false, positionMs: 4_000 }, 1);
    expect(seat.at(100)).toHaveLength(1);
    expect(seat.at(200, { positionMs: 3_950 })).toEqual([]);
  });

  test('plays so early that the player moves when the party does', () => {
    const seat = new Seat();
    seat.take({ playing: false, positionMs: 4_000 }, 1);
    seat.at(0);
    seat.take({ positionMs: 4_000, atMs: 1_000 }, 2);
    expect(seat.until(900)).toEqual([]);
    expect(seat.until(971)).toEqual([{ type: 'play' }]);
    expect(seat.at(1_000)).toEqual([]);
  });

  test('pauses, jumps and changes its rate when the command takes effect', () => {
    const seat = playing();
    seat.take({ positionMs: 50_000, atMs: 4_000 }, 2);
    seat.take({ positionMs: 52_000, atMs: 6_000, rate: 2 }, 3);
    seat.take({ positionMs: 56_000, atMs: 8_000, rate: 2, playing: false }, 4);
    expect(seat.until(4_000)).toEqual([]);
    expect(seat.at(4_000)).toEqual([{ type: 'seek', positionMs: 50_100 }]);
    seat.player = { ...seat.player, positionMs: 50_000 };
    expect(seat.until(6_000)).toEqual([]);
    expect(seat.at(6_000)).toEqual([{ type: 'rate', rate: 2 }]);
    expect(seat.until(8_000)).toEqual([]);
    expect(seat.at(8_000)).toEqual([{ type: 'pause' }]);
  });

  test('mends a small error with the rate, after a second look, and then plays as fast as the party', () => {
    const seat = playing();
    expect(seat.at(3_000, { positionMs: 2_960 })).toEqual([]);
    expect(seat.at(3_100)).toEqual([{ type: 'rate', rate: 1.08 }]);
    const said = seat.until(6_000);
    expect(said.every((action) => action.type === 'rate' && action.rate >= 1 && action.rate <= 1.08)).toBe(true);
    expect(seat.player.rate).toBe(1);
    expect(Math.abs(seat.player.positionMs - seat.follower.targetAt(seat.wakeAt - 250)!.positionMs)).toBeLessThan(260);
  });

  test('ignores an error that only one reading shows', () => {
    const seat = playing();
    expect(seat.at(3_000, { positionMs: 2_950 })).toEqual([]);
    expect(seat.at(3_100, { positionMs: 3_100 })).toEqual([]);
    expect(seat.until(6_000)).toEqual([]);
  });

  test('mends a large error with a jump, after a second look', () => {
    const seat = playing();
    expect(seat.at(5_000, { positionMs: 4_000 })).toEqual([]);
    expect(seat.at(5_100, { positionMs: 4_100 })).toEqual([{ type: 'seek', positionMs: 5_200 }]);
  });

  test('does not hurry while the player waits for data, and jumps when it has it', () => {
    const seat = playing();
    expect(seat.at(5_000, { positionMs: 4_000, ready: false })).toEqual([]);
    expect(seat.until(7_000)).toEqual([]);
    expect(seat.at(7_000, { ready: true })).toEqual([]);
    expect(seat.until(7_300).map((action) => action.type)).toEqual(['seek']);
  });

  test('learns how long the player takes to begin', () => {
    const seat = new Seat();
    seat.take({ playing: false }, 1);
    seat.at(0);
    seat.take({ atMs: 1_000 }, 2);
    seat.until(971);
    seat.at(1_000, { positionMs: 0 });
    // It should be at 100 by now.
    seat.at(1_100, { positionMs: 50 });
    seat.at(1_210, { positionMs: 160 });
    expect(seat.follower.corrector.startLatencyMs).toBeCloseTo(80, 6);
  });

  test('joins by jumping ahead and letting the party come', () => {
    const seat = new Seat();
    seat.take({ positionMs: 0, atMs: 0 }, 1);
    expect(seat.at(60_000)).toEqual([{ type: 'seek', positionMs: 60_200 }]);
    expect(seat.at(60_050, { ready: false })).toEqual([]);
    expect(seat.at(60_100, { ready: true })).toEqual([]);
    expect(seat.until(60_171)).toEqual([{ type: 'play' }]);
  });

  test('does not go beyond the end', () => {
    const seat = playing();
    expect(seat.at(5_000, { positionMs: 4_500, playing: false, durationMs: 4_500 })).toEqual([]);
    expect(seat.until(8_000)).toEqual([]);
  });

  test('says that it is ready when the player has what it needs where the party rests', () => {
    const seat = new Seat();
    seat.take({ playing: false, positionMs: 4_000 }, 1);
    const there = { ...seat.player, positionMs: 4_000 };
    expect(seat.follower.step(0, there).ready).toBe(true);
    expect(seat.follower.step(10, { ...there, ready: false }).ready).toBe(false);
    expect(seat.follower.step(20, { ...there, positionMs: 0 }).ready).toBe(false);
  });
});
