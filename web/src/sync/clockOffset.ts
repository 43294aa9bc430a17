import { syncConstants, type SyncConstants } from './constants';

/** One exchange of `clock` frames, in milliseconds: sent (own clock), received and answered (cluster time), answer read (own clock). */
export interface ClockSample {
  readonly t0: number;
  readonly t1: number;
  readonly t2: number;
  readonly t3: number;
}

/** What one sample proves: at `sentAt` the offset was at most `upper`, at `readAt` at least `lower`. A note has no round trip. */
interface Bounds {
  readonly sentAt: number;
  readonly upper: number;
  readonly readAt: number;
  readonly lower: number;
  readonly roundTrip: number;
}

const noRoundTrip = Number.POSITIVE_INFINITY;

/** The offset as one stretch of time showed it, for the drift. */
interface Anchor {
  readonly at: number;
  readonly offset: number;
}

/**
 * How far cluster time is ahead of the own clock (which must be monotonic, as `performance.now()` is).
 *
 * A message takes time but never less than none, so every exchange bounds the offset from both sides, whatever was delayed. The tightest
 * bound of each direction counts, and the two need not come from the same exchange: a delayed answer does not spoil a quick question.
 * Bounds widen with age, since the own clock drifts; the estimate is the middle between them. What remains is half of the
 * difference between the fastest way there and the fastest way back.
 */
export class ClockOffset {
  readonly #constants: SyncConstants;
  #bounds: Bounds[] = [];
  #anchors: Anchor[] = [];
  #anchoredAt = Number.NaN;
  #drift = 0;
  #steps = 0;

  constructor(constants: SyncConstants = syncConstants) {
    this.#constants = constants;
  }

  /** Whether there was an exchange, so that the offset is known. */
  get isKnown(): boolean {
    return this.#bounds.some((bounds) => bounds.roundTrip !== noRoundTrip);
  }

  /** Whether anything is known: what the server said without being asked is late by a time that is known only roughly, but a beginning. */
  get isGuessed(): boolean {
    return this.#bounds.length > 0;
  }

  /** How much faster cluster time is than the own clock, in millionths. */
  get driftPpm(): number {
    return this.#drift * 1e6;
  }

  /** How often a clock was found to have been set, and everything before forgotten. */
  get steps(): number {
    return this.#steps;
  }

  /** A round trip that three of four of the last ones did not exceed, to report to the server; 0 while nothing is known. */
  get roundTripMs(): number {
    const all = this.#bounds.filter((bounds) => bounds.roundTrip !== noRoundTrip);
    const last = all.slice(-this.#constants.roundTripSamples).map((bounds) => bounds.roundTrip);
    last.sort((a, b) => a - b);
    return last[Math.floor(this.#constants.roundTripShare * (last.length - 1))] ?? 0;
  }

  /** Takes a sample. One that goes back in time is none, and is left out. */
  add(sample: ClockSample): void {
    const roundTrip = sample.t3 - sample.t0 - (sample.t2 - sample.t1);
    const isOne = Number.isFinite(roundTrip) && sample.t3 >= sample.t0 && sample.t2 >= sample.t1;
    if (!isOne) {
      return;
    }

    this.#take({
      sentAt: sample.t0,
      upper: sample.t1 - sample.t0,
      readAt: sample.t3,
      lower: sample.t2 - sample.t3,
      roundTrip,
    });
    this.#anchor(sample.t3);
  }

  /**
   * Takes what the server said its time was in the first frame of a connection: it said so after the connection was begun.
   * @param beganMs when that was, by the own clock.
   */
  note(clusterMs: number, localMs: number, beganMs: number): void {
    if (Number.isFinite(clusterMs - localMs) && beganMs <= localMs) {
      const upper = clusterMs - beganMs;
      this.#take({ sentAt: beganMs, upper, readAt: localMs, lower: clusterMs - localMs, roundTrip: noRoundTrip });
    }
  }

  /** The offset at a time of the own clock: add it to get cluster time. Ask only while something is known. */
  offsetAt(localMs: number): number {
    const [lower, upper] = this.#between(this.#bounds, localMs);
    return (lower + upper) / 2;
  }

  /** The most that the offset can be wrong by, if the drift is what it is taken for. */
  uncertaintyAt(localMs: number): number {
    const [lower, upper] = this.#between(this.#bounds, localMs);
    return Math.max((upper - lower) / 2, 0);
  }

  /** Cluster time at a time of the own clock. */
  toCluster(localMs: number): number {
    return localMs + this.offsetAt(localMs);
  }

  /** The own clock's time at a cluster time near `aroundMs` of the own clock. */
  toLocal(clusterMs: number, aroundMs: number): number {
    return clusterMs - this.offsetAt(aroundMs);
  }

  #take(bounds: Bounds): void {
    const oldest = bounds.readAt - this.#constants.sampleAgeMaxMs;
    this.#bounds = this.#bounds.filter((kept) => kept.readAt >= oldest).slice(1 - this.#constants.samplesMax);
    this.#bounds.push(bounds);
    const [lower, upper] = this.#between(this.#bounds, bounds.readAt);
    if (lower - upper > this.#constants.stepToleranceMs) {
      // No offset agrees with all of them: one of the clocks was set. The newest is what is true now.
      this.#bounds = [bounds];
      this.#anchors = [];
      this.#drift = 0;
      this.#anchoredAt = bounds.readAt;
      this.#steps += 1;
    }
  }

  #between(samples: readonly Bounds[], at: number): [number, number] {
    const widening = this.#constants.ageWideningPpm / 1e6;
    let upper = Number.POSITIVE_INFINITY;
    let lower = Number.NEGATIVE_INFINITY;
    for (const sample of samples) {
      const sinceSent = at - sample.sentAt;
      const sinceRead = at - sample.readAt;
      upper = Math.min(upper, sample.upper + this.#drift * sinceSent + widening * Math.abs(sinceSent));
      lower = Math.max(lower, sample.lower + this.#drift * sinceRead - widening * Math.abs(sinceRead));
    }

    return [lower, upper];
  }

  /** Every stretch of time leaves one point; the drift is the slope of the line through them, flatter the less they prove. */
  #anchor(now: number): void {
    if (Number.isNaN(this.#anchoredAt)) {
      this.#anchoredAt = now;
    }

    if (now - this.#anchoredAt < this.#constants.driftAnchorMs) {
      return;
    }

    const since = this.#anchoredAt;
    const stretch = this.#bounds.filter((bounds) => bounds.readAt > since);
    const [lower, upper] = this.#between(stretch, now);
    this.#anchors = [...this.#anchors, { at: now, offset: (lower + upper) / 2 }].slice(-this.#constants.driftAnchorsMax);
    this.#anchoredAt = now;
    this.#drift = this.#slope();
  }

  #slope(): number {
    const count = this.#anchors.length;
    let at = 0;
    let offset = 0;
    for (const anchor of this.#anchors) {
      at += anchor.at / count;
      offset += anchor.offset / count;
    }

    let products = 0;
    let squares = this.#constants.driftRidgeMs2;
    for (const anchor of this.#anchors) {
      products += (anchor.at - at) * (anchor.offset - offset);
      squares += (anchor.at - at) * (anchor.at - at);
    }

    const most = this.#constants.driftMaxPpm / 1e6;
    return Math.min(Math.max(products / squares, -most), most);
  }
}
