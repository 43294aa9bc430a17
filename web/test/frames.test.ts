import { describe, expect, test } from 'vitest';
import { Follower, hear } from '../src/sync';

const playback = { item_id: 'film', position_ms: 5_000, playing: true, rate: 1, at_ms: 10_000, duration_ms: null, changed_by: null };
const state = { seq: 7, playback, position_ms: 9_000, is_playing: false, server_time_ms: 9_500 };

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
    expect(heard.targetAt(900)).toMatchObject({ playing: false, positionMs: 9_000 });
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

  test('that is about something else says nothing', () => {
    const heard = new Follower();
    expect(hear(heard, { type: 'presence', seq: 9, position_ms: 1, is_playing: true, server_time_ms: 5 }, 0, 0)).toBe(false);
    expect(hear(heard, { type: 'clock' }, 0, 0)).toBe(false);
    expect(heard.clock.isGuessed).toBe(false);
    expect(heard.playback.isKnown).toBe(false);
  });
});
