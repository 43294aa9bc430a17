import { describe, expect, test } from 'vitest';
import { EchoFilter, syncConstants, type PlayerState, type Target } from '../src/sync';

const player: PlayerState = { itemId: 'film', positionMs: 10_000, playing: true, ready: true, rate: 1, durationMs: 90_000 };
const target = (playing: boolean, positionMs = 10_000): Target => ({
  playback: { itemId: 'film', positionMs, playing, rate: 1, atMs: 0 },
  playing,
  positionMs,
});

describe('An event of the player', () => {
  test('is an echo when the corrector told the player to', () => {
    const filter = new EchoFilter();
    filter.expect([{ type: 'pause' }, { type: 'seek', positionMs: 50_000 }, { type: 'rate', rate: 2 }], 0);
    const now = { ...player, playing: false, positionMs: 50_000, rate: 2 };
    expect(filter.isCommand('pause', 20, now, target(true))).toBe(false);
    expect(filter.isCommand('seek', 20, now, target(true))).toBe(false);
    expect(filter.isCommand('seek', 120, now, target(true))).toBe(false);
    expect(filter.isCommand('rate', 20, now, target(true))).toBe(false);
  });

  test('is a command when nobody told it to', () => {
    const filter = new EchoFilter();
    expect(filter.isCommand('pause', 0, { ...player, playing: false }, target(true))).toBe(true);
    expect(filter.isCommand('play', 0, player, target(false))).toBe(true);
    expect(filter.isCommand('seek', 0, { ...player, positionMs: 40_000 }, target(true))).toBe(true);
    expect(filter.isCommand('rate', 0, { ...player, rate: 1.5 }, target(true))).toBe(true);
  });

  test('is a command again after one echo', () => {
    const filter = new EchoFilter();
    filter.expect([{ type: 'play' }], 0);
    expect(filter.isCommand('play', 20, player, target(false))).toBe(false);
    expect(filter.isCommand('play', 40, player, target(false))).toBe(true);
  });

  test('is a command when the echo should have come long ago', () => {
    const filter = new EchoFilter();
    filter.expect([{ type: 'play' }], 0);
    expect(filter.isCommand('play', syncConstants.echoMs + 1, player, target(false))).toBe(true);
  });

  test('is nothing when it leads where the party is', () => {
    const filter = new EchoFilter();
    expect(filter.isCommand('play', 0, player, target(true))).toBe(false);
    expect(filter.isCommand('pause', 0, { ...player, playing: false }, target(false))).toBe(false);
    expect(filter.isCommand('seek', 0, player, target(true, 10_100))).toBe(false);
    expect(filter.isCommand('rate', 0, { ...player, rate: 1.1 }, target(true))).toBe(false);
  });

  test('is nothing while a film is loaded, at its end, and before the party is known', () => {
    const filter = new EchoFilter();
    filter.expect([{ type: 'load', itemId: 'film', positionMs: 0 }], 0);
    expect(filter.isCommand('pause', 20, { ...player, playing: false }, target(true))).toBe(false);
    expect(filter.isCommand('play', 20, player, null)).toBe(false);
    const ended = { ...player, playing: false, positionMs: 90_000 };
    expect(new EchoFilter().isCommand('pause', 0, ended, target(true))).toBe(false);
    expect(new EchoFilter().isCommand('play', 0, player, null)).toBe(false);
  });
});
