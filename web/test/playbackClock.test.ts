import { describe, expect, test } from 'vitest';
import { PlaybackClock, positionAt, type Playback } from '../src/sync';

const paused: Playback = { itemId: 'film', positionMs: 5_000, playing: false, rate: 1, atMs: 1_000 };
const playing: Playback = { itemId: 'film', positionMs: 5_000, playing: true, rate: 1.5, atMs: 2_000 };
const sought: Playback = { itemId: 'film', positionMs: 60_000, playing: true, rate: 1.5, atMs: 3_000 };

describe('What a party plays', () => {
  test('goes on from where it began, at its rate', () => {
    expect(positionAt(playing, 4_000)).toBe(8_000);
    expect(positionAt(playing, 1_000)).toBe(5_000);
    expect(positionAt(paused, 9_000)).toBe(5_000);
  });

  test('changes when a command takes effect, not when it comes', () => {
    const clock = new PlaybackClock();
    clock.take(paused, 7);
    clock.take(playing, 8);
    expect(clock.at(1_999)).toEqual({ playback: paused, playing: false, positionMs: 5_000 });
    expect(clock.next(1_999)).toBe(playing);
    expect(clock.at(2_100)).toEqual({ playback: playing, playing: true, positionMs: 5_150 });
    expect(clock.next(2_100)).toBeNull();
  });

  test('can have several commands on their way', () => {
    const clock = new PlaybackClock();
    clock.take(paused, 7);
    clock.take(playing, 8);
    clock.take(sought, 9);
    expect(clock.at(2_100)?.playback).toBe(playing);
    expect(clock.next(2_100)).toBe(sought);
    expect(clock.at(3_000)?.positionMs).toBe(60_000);
    expect(clock.newest).toBe(sought);
  });

  test('is not changed by what is repeated after a connection was lost', () => {
    const clock = new PlaybackClock();
    clock.take(sought, 9);
    clock.take(playing, 8);
    expect(clock.at(5_000)?.playback).toBe(sought);
  });

  test('is what the newest frame says, whatever was on its way', () => {
    const clock = new PlaybackClock();
    clock.take(playing, 8);
    clock.take(sought, 9);
    clock.take({ ...paused, atMs: 2_500 }, 10);
    expect(clock.at(3_500)?.playing).toBe(false);
  });

  test('is nothing new when it is told once more', () => {
    const clock = new PlaybackClock();
    clock.take(paused, 7);
    clock.take(playing, 8);
    clock.take({ ...playing }, 9);
    expect(clock.next(1_500)).toBe(playing);
    clock.take({ ...paused }, 10);
    expect(clock.newest).toBe(paused);
  });

  test('rests at its beginning before the first command that is known takes effect', () => {
    const clock = new PlaybackClock();
    expect(clock.at(0)).toBeNull();
    expect(clock.isKnown).toBe(false);
    clock.take(sought, 9);
    expect(clock.at(1_000)).toEqual({ playback: sought, playing: false, positionMs: 60_000 });
  });
});
