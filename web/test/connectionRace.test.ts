import { describe, expect, test } from 'vitest';
import { ConnectionRace, syncConstants } from '../src/sync';

const delay = syncConstants.attemptDelayMs;

describe('A race of attempts to connect', () => {
  test('begins another attempt when the last one is slow, up to the limit', () => {
    const race = new ConnectionRace<string>();
    race.began('first', 5_000);
    expect(race.nextAt).toBe(5_000 + delay);
    race.began('second', 6_100);
    expect(race.nextAt).toBe(6_100 + delay);
    race.began('third', 7_200);
    expect(syncConstants.attemptsMax).toBe(3);
    expect(race.nextAt).toBe(Number.POSITIVE_INFINITY);
    expect(race.winner).toBeNull();
  });

  test('is won by the one that told enough first, and the others are closed', () => {
    const race = new ConnectionRace<string>();
    race.began('first', 0);
    race.began('second', delay);
    expect(race.heardEnough('second')).toEqual(['first']);
    expect(race.winner).toBe('second');
    expect(race.nextAt).toBe(Number.POSITIVE_INFINITY);
    expect(race.heardEnough('second')).toEqual([]);
  });

  test('goes on while one attempt is open', () => {
    const race = new ConnectionRace<string>();
    expect(race.isLost).toBe(false);
    race.began('first', 0);
    race.began('second', delay);
    race.lost('first');
    expect(race.isLost).toBe(false);
    expect(race.heardEnough('second')).toEqual([]);
    race.lost('second');
    expect(race.isLost).toBe(true);
  });
});
