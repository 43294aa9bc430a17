import { expect, test } from 'vitest';
import page from '../../docs/protocol.md?raw';
import { syncConstants } from '../src/sync';

/** The sentences of the page that name numbers, with those that the program uses. */
const sentences = [
  `${syncConstants.attemptDelayMs.toLocaleString('en-US')} ms after it began to connect`,
  `at most ${syncConstants.attemptsMax} in all.`,
  `exchanges of the last ${syncConstants.sampleAgeMaxMs / 60_000} minutes, at most ${syncConstants.samplesMax}.`,
  `widens by ${syncConstants.ageWideningPpm} ppm of its age`,
  `Ask at ${list(syncConstants.burstMs)} ms after connecting`,
  `then every ${syncConstants.steadyPingMs / 1_000} s.`,
  `by more than ${syncConstants.stepToleranceMs} ms, a clock was set`,
  `one estimate per ${syncConstants.driftAnchorMs / 1_000} s, of the last ${syncConstants.driftAnchorsMax},`,
  `a ridge of 10^${Math.log10(syncConstants.driftRidgeMs2)} ms^2`,
  `at most ${syncConstants.driftMaxPpm} ppm.`,
  `of the last ${syncConstants.roundTripSamples} did not exceed`,
  `every ${syncConstants.tickMs} ms, every ${syncConstants.busyTickMs} ms while`,
  `when more than ${syncConstants.pausedToleranceMs} ms from it`,
  `what a jump takes and ${syncConstants.startAheadMs} ms more (${syncConstants.loadAheadMs} ms when loading)`,
  `if that is within ${syncConstants.waitMaxMs / 1_000} s`,
  `the error is more than ${syncConstants.seekThresholdMs} ms`,
  `not within ${syncConstants.seekCooldownMs / 1_000} s of the last jump`,
  `the error is more than ${syncConstants.nudgeStartMs} ms`,
  `error / ${syncConstants.nudgeHorizonMs} ms, at least ${percent(syncConstants.nudgeMin)} and at most ${percent(syncConstants.nudgeMax)}`,
  `until the error is ${syncConstants.nudgeStopMs} ms or less`,
  `by steps of ${percent(syncConstants.nudgeStep)} or more`,
  `to begin (at first ${syncConstants.startLatencyMs} ms) and to jump (at first ${syncConstants.seekLatencyMs} ms)`,
  `the error ${syncConstants.latencySettleMs} ms after it moves again`,
  `at most ${syncConstants.latencyMaxMs / 1_000} s.`,
  `may begin ${syncConstants.startToleranceMs} ms behind`,
  `within ${syncConstants.settledMs} ms of where the party rests`,
  `within ${syncConstants.echoMs / 1_000} s is an echo`,
];

test.each(sentences)('The protocol page says: %s', (sentence) => {
  expect(page.replaceAll(/\s+/g, ' ')).toContain(sentence);
});

function list(numbers: readonly number[]): string {
  const texts = numbers.map((number) => number.toLocaleString('en-US'));
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

function percent(share: number): string {
  return `${share * 100} %`;
}
