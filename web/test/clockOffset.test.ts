import { describe, expect, test } from 'vitest';
import { ClockOffset } from '../src/sync';
import { Seeded } from './simulation/random';

/** A clock that is `offset` behind cluster time and runs too slow by `ppm`, and the exchanges it has. */
class Device {
  readonly clock = new ClockOffset();
  readonly #offset: number;
  readonly #ppm: number;

  constructor(offset: number, ppm = 0) {
    this.#offset = offset;
    this.#ppm = ppm;
  }

  local(time: number): number {
    return (time - this.#offset) * (1 - this.#ppm / 1e6);
  }

  exchange(time: number, up: number, down: number, takes = 0): void {
    const answered = time + up + takes;
    this.clock.add({ t0: this.local(time), t1: time + up, t2: answered, t3: this.local(answered + down) });
  }

  error(time: number): number {
    return this.clock.toCluster(this.local(time)) - time;
  }
}

describe('The offset of a clock', () => {
  test('is exact when both ways take as long, whatever the server takes', () => {
    const device = new Device(9_876);
    device.exchange(1_000, 40, 40, 500);
    expect(device.error(1_600)).toBeCloseTo(0, 1);
    expect(device.clock.roundTripMs).toBeCloseTo(80, 6);
  });

  test('is not known before an exchange, but guessed from what the server says', () => {
    const device = new Device(-5_000);
    device.clock.note(1_000, device.local(1_030), device.local(910));
    expect(device.clock.isKnown).toBe(false);
    expect(device.clock.isGuessed).toBe(true);
    expect(device.error(1_030), 'between 90 ms too much and 30 ms too little').toBeCloseTo(30, 1);
    expect(device.clock.roundTripMs).toBe(0);
  });

  test('is wrong by half of what the ways differ by', () => {
    const device = new Device(1_234);
    device.exchange(0, 70, 130);
    expect(device.error(200)).toBeCloseTo(-30, 1);
  });

  test('takes the fastest way there and the fastest way back, though they were never together', () => {
    const device = new Device(0);
    device.exchange(0, 50, 2_050);
    device.exchange(3_000, 2_050, 50);
    expect(Math.abs(device.error(5_100))).toBeLessThan(1);
  });

  test('does not suffer from one exchange in a hundred that is held up', () => {
    const random = new Seeded(1);
    const device = new Device(-3_210);
    for (let time = 0; time < 600_000; time += 5_000) {
      device.exchange(time, 50 + (random.chance(0.01) ? 2_000 : random.exponential(5)), 50 + random.exponential(5));
      expect(Math.abs(device.error(time + 3_000))).toBeLessThan(time < 30_000 ? 10 : 4);
    }
  });

  test('follows a clock that runs too slow, and goes on to when no answers come', () => {
    const device = new Device(7_000, 100);
    for (let time = 0; time < 600_000; time += 5_000) {
      device.exchange(time, 40, 40);
    }

    expect(device.clock.driftPpm).toBeGreaterThan(85);
    expect(device.clock.driftPpm).toBeLessThan(115);
    expect(Math.abs(device.error(660_000))).toBeLessThan(2);
  });

  test('begins again when a clock was set', () => {
    const device = new Device(0);
    device.exchange(0, 30, 30);
    device.exchange(5_000, 30, 30);
    device.clock.add({ t0: 10_000, t1: 70_030, t2: 70_030, t3: 10_060 });
    expect(device.clock.steps).toBe(1);
    expect(device.clock.toCluster(10_060)).toBeCloseTo(70_060, 1);
  });

  test('keeps what it knew when an answer makes no sense', () => {
    const device = new Device(500);
    device.exchange(0, 30, 30);
    device.clock.add({ t0: 100, t1: 900, t2: 800, t3: 200 });
    device.clock.add({ t0: 300, t1: 900, t2: 900, t3: 200 });
    device.clock.add({ t0: Number.NaN, t1: 900, t2: 900, t3: 1_000 });
    expect(device.error(60)).toBeCloseTo(0, 1);
  });

  test('is the better known the shorter the way', () => {
    const device = new Device(0);
    device.exchange(0, 100, 100);
    expect(device.clock.uncertaintyAt(200)).toBeCloseTo(100, 1);
    device.exchange(1_000, 10, 10);
    expect(device.clock.uncertaintyAt(1_020)).toBeCloseTo(10, 1);
  });
});
