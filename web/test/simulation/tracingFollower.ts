import { Follower, type ClockSample, type PlayerState, type Playback, type Step } from '../../src/sync';

/** A follower that writes down what it hears and answers: one line of JSON each. */
export class TracingFollower extends Follower {
  readonly lines: string[] = [];

  override sample(sample: ClockSample): void {
    super.sample(sample);
    this.#write('sample', sample);
  }

  override note(clusterMs: number, localMs: number, beganMs: number): void {
    super.note(clusterMs, localMs, beganMs);
    this.#write('note', { clusterMs, localMs, beganMs });
  }

  override take(playback: Playback, seq: number): void {
    super.take(playback, seq);
    this.#write('take', { playback, seq });
  }

  override wait(barrier: number | null, seq: number): void {
    super.wait(barrier, seq);
    this.#write('wait', { barrier, seq });
  }

  override step(nowMs: number, player: PlayerState): Step {
    const step = super.step(nowMs, player);
    this.#write('step', {
      nowMs,
      player,
      expected: {
        ...step,
        barrier: this.barrier,
        nudge: this.corrector.nudge,
        startLatencyMs: this.corrector.startLatencyMs,
        seekLatencyMs: this.corrector.seekLatencyMs,
        offsetMs: this.clock.isGuessed ? this.clock.offsetAt(nowMs) : 0,
        uncertaintyMs: this.clock.isKnown ? this.clock.uncertaintyAt(nowMs) : 0,
        driftPpm: this.clock.driftPpm,
        roundTripMs: this.clock.roundTripMs,
      },
    });
    return step;
  }

  #write(op: string, values: object): void {
    this.lines.push(JSON.stringify({ op, ...values }));
  }
}
