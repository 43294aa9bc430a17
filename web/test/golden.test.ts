import { expect, test } from 'vitest';
import { live } from './simulation/evening';
import { TracingFollower } from './simulation/tracingFollower';

// What a follower hears and answers, to be compared with that of other languages. `npm run golden` writes it anew.
test.each([
  { name: 'far', seed: 11, oneWayMs: [200, 250] as const, stalled: 0.05 },
  { name: 'near', seed: 12, oneWayMs: [1, 20] as const, stalled: 0 },
])('A follower that is $name answers as before', async ({ name, seed, oneWayMs, stalled }) => {
  const follower = new TracingFollower();
  live({ seed, clients: 2, minutes: 1.1, oneWayMs, asymmetry: 0.3, stalled }, follower);
  await expect(`${follower.lines.join('\n')}\n`).toMatchFileSnapshot(`golden/${name}.jsonl`);
});
