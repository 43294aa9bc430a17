import { describe, expect, test } from 'vitest';
import { Follower, hear, reportOf } from '../src/sync';

const playback = { item_id: 'film', position_ms: 5_000, playing: true, rate: 1, at_ms: 10_000, duration_ms: null, changed_by: null };
const before = { ...playback, position_ms: 8_000, at_ms: 8_500 };
const state = { seq: 7, playback, before: [before], position_ms: 9_000, is_playing: true, server_time_ms: 9_500 };

function follower(): Follower {
  const made = new Follower();
  hear(made, { type: 'clock', t0: 0, t1: 9_000, t2: 9_000, t3: 0 } as never, 0, 0);
  return made;
}

describe('A frame', () => {
  test.each([
    ['flat', { type: 'clock', t0: 100, t1: 1_120, t2: 1_130 }],
    ['with a payload', { type: 'clock', payload: { t0: 100, t1: 1_120, t2: 1_130 } }],
  ])('tells the time (%s)', (_, frame) => {
    const heard = new Follower();
    expect(hear(heard, frame, 150, 0)).toBe(true);
    expect(heard.clock.toCluster(150)).toBeCloseTo(1_150, 1);
  });

  test.each([
    ['flat', { type: 'sync', ...state }],
    ['with a payload', { type: 'state', seq: 7, payload: { ...state, seq: undefined } as never }],
  ])('says where the party is, and what holds until its command takes effect (%s)', (_, frame) => {
    const heard = follower();
    expect(hear(heard, frame, 600, 0)).toBe(true);
    expect(heard.targetAt(600)?.playing).toBe(true);
    expect(heard.targetAt(600)?.positionMs).toBeCloseTo(9_100, 0);
    expect(heard.targetAt(900)?.positionMs).toBeCloseTo(9_400, 0);
    expect(heard.targetAt(1_500)?.playing).toBe(true);
    expect(heard.targetAt(1_500)?.positionMs).toBeCloseTo(5_500, 0);
  });

  test.each([
    ['flat', { type: 'seek', seq: 8, position_ms: 60_000, playback: { ...playback, position_ms: 60_000, at_ms: 12_000 } }],
    ['with a payload', { type: 'sync', seq: 8, payload: { playback: { ...playback, position_ms: 60_000, at_ms: 12_000 } } }],
  ])('says what will be (%s)', (_, frame) => {
    const heard = follower();
    hear(heard, { type: 'sync', ...state }, 600, 0);
    expect(hear(heard, frame, 1_100, 0)).toBe(true);
    expect(heard.targetAt(2_900)?.positionMs).toBeCloseTo(6_900, 0);
    expect(heard.targetAt(3_100)?.positionMs).toBeCloseTo(60_100, 0);
  });

  test('says everything that is announced, in order', () => {
    const heard = follower();
    const between = { ...playback, position_ms: 8_600, playing: false, at_ms: 9_100 };
    hear(heard, { type: 'sync', ...state, before: [before, between], server_time_ms: 9_050 }, 60, 0);
    expect(heard.targetAt(60)?.positionMs).toBeCloseTo(8_560, 0);
    expect(heard.targetAt(500)).toMatchObject({ playing: false, positionMs: 8_600 });
    expect(heard.targetAt(1_500)?.positionMs).toBeCloseTo(5_500, 0);
  });

  test('of a state replaces what was announced before it', () => {
    const heard = follower();
    hear(heard, { type: 'seek', seq: 6, playback: { ...playback, position_ms: 60_000, at_ms: 9_700 } }, 500, 0);
    hear(heard, { type: 'sync', ...state }, 600, 0);
    expect(heard.targetAt(900)?.positionMs).toBeCloseTo(9_400, 0);
  });

  test.each([
    ['flat', (seq: number, action: string, id: number) => ({ type: 'barrier', seq, action, barrier_id: id })],
    ['with a payload', (seq: number, action: string, id: number) => ({ type: 'barrier', seq, payload: { action, barrier_id: id } })],
  ])('says for which barrier one is ready (%s)', (_, frame) => {
    const heard = follower();
    const step = { actions: [], wakeAtMs: 0, errorMs: null, ready: true };
    expect(reportOf(heard, step)).toEqual({ rtt_ms: heard.clock.roundTripMs, ready: true });
    expect(hear(heard, frame(8, 'raised', 3), 600, 0)).toBe(true);
    expect(reportOf(heard, step)).toMatchObject({ ready: true, barrier: 3 });
    hear(heard, frame(9, 'reached', 3), 700, 0);
    expect(reportOf(heard, { ...step, errorMs: -12 })).toMatchObject({ offset_ms: -12, barrier: 3 });
    hear(heard, frame(7, 'raised', 2), 800, 0);
    expect(heard.barrier).toBe(3);
    hear(heard, frame(10, 'ended', 3), 900, 0);
    expect(heard.barrier).toBeNull();
  });

  test('of a state says for whom playing waits', () => {
    const heard = follower();
    hear(heard, { type: 'sync', ...state, barrier: { barrier_id: 5 } }, 600, 0);
    expect(heard.barrier).toBe(5);
    hear(heard, { type: 'sync', ...state, seq: 8, barrier: null }, 700, 0);
    expect(heard.barrier).toBeNull();
  });

  test('that is about something else says nothing', () => {
    const heard = new Follower();
    expect(hear(heard, { type: 'presence', seq: 9, server_time_ms: 5 }, 0, 0)).toBe(false);
    expect(hear(heard, { type: 'clock' }, 0, 0)).toBe(false);
    expect(heard.clock.isGuessed).toBe(false);
    expect(heard.playback.isKnown).toBe(false);
  });
});
