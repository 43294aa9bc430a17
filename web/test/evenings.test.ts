import { describe, expect, test } from 'vitest';
import { live, type Evening } from './simulation/evening';

// Ten minutes of play, pause, seek, rate, joins and leaves, with a node killed each minute; clocks are up to 10 s and 100 ppm off.
const evening: Evening = { seed: 1, clients: 50, minutes: 10, oneWayMs: [5, 250], asymmetry: 0, stalled: 0.01 };

describe.each([1, 2, 3])('An evening (seed %i)', (seed) => {
  test('keeps clients on symmetric paths together', () => {
    const seen = live({ ...evening, seed });
    expect(seen.pairs.count).toBeGreaterThan(1_000_000);
    expect(seen.pairs.percentile(50), `${seen.pairs}`).toBeLessThanOrEqual(10);
    expect(seen.pairs.percentile(99), `${seen.pairs}`).toBeLessThanOrEqual(40);
    expect(seen.widest.percentile(50), `${seen.widest}`).toBeLessThanOrEqual(30);
    expect(seen.settling.command.percentile(95), `${seen.settling.command}`).toBeLessThanOrEqual(1_000);
  });

  test('keeps clients on lopsided paths of 100 ms together', () => {
    const seen = live({ ...evening, seed, oneWayMs: [100, 100], asymmetry: 0.3 });
    expect(seen.pairs.percentile(99), `${seen.pairs}`).toBeLessThanOrEqual(150);
  });

  test('lets who comes and who comes back settle soon', () => {
    const seen = live({ ...evening, seed, stalled: 0 });
    expect(seen.settling.join.count).toBeGreaterThan(100);
    expect(seen.settling.join.percentile(95), `${seen.settling.join}`).toBeLessThanOrEqual(2_500);
    expect(seen.settling.reconnect.percentile(95), `${seen.settling.reconnect}`).toBeLessThanOrEqual(2_500);
  });

  test('lets them settle within 3 s even if something is held up for two', () => {
    const seen = live({ ...evening, seed });
    expect(seen.settling.join.percentile(99), `${seen.settling.join}`).toBeLessThanOrEqual(3_000);
    expect(seen.settling.reconnect.percentile(99), `${seen.settling.reconnect}`).toBeLessThanOrEqual(3_000);
  });

  test('takes no more jumps than commands and arrivals explain', () => {
    const seen = live({ ...evening, seed });
    const seeks = seen.clients.reduce((sum, client) => sum + client.seeks, 0);
    expect(seeks / seen.clients.length).toBeLessThan(15);
  });
});
