import type { ClockOffset } from './clockOffset';
import { syncConstants, type SyncConstants } from './constants';
import { Latency } from './latency';
import type { Playback, PlaybackClock, Target } from './playbackClock';
import type { PlayerAction, PlayerState } from './player';

/** What to do now, and when to look again. */
export interface Step {
  readonly actions: readonly PlayerAction[];
  /** When to call again, by the own clock; earlier does no harm, and a new frame is a reason to. */
  readonly wakeAtMs: number;
  /** How far ahead of the party the player is, in milliseconds of time; null when that cannot be told or does not matter now. */
  readonly errorMs: number | null;
  /** Whether the player has what it needs at the party's position: what a `report` calls ready. */
  readonly ready: boolean;
}

/**
 * Keeps a player where the party is. It acts on what takes effect at the instant it does; small errors it mends by playing a little
 * faster or slower until they are small enough, and only large ones by a jump.
 */
export class Corrector {
  readonly #clock: ClockOffset;
  readonly #playback: PlaybackClock;
  readonly #constants: SyncConstants;
  readonly #start: Latency;
  readonly #seek: Latency;
  /** What is measured: the latency that the last action will have had. */
  #measures: Latency | null = null;
  #actedAt = Number.NEGATIVE_INFINITY;
  #movedAt = Number.NEGATIVE_INFINITY;
  #movedTo = Number.NaN;
  #followed: Target | null = null;
  #readAt = Number.NEGATIVE_INFINITY;
  #readPosition = 0;
  #nudge = 0;
  #suspicions = 0;
  #actions: PlayerAction[] = [];

  constructor(clock: ClockOffset, playback: PlaybackClock, constants: SyncConstants = syncConstants) {
    this.#clock = clock;
    this.#playback = playback;
    this.#constants = constants;
    this.#start = new Latency(constants.startLatencyMs, constants);
    this.#seek = new Latency(constants.seekLatencyMs, constants);
  }

  /** What the player is faster by at the moment to catch up, such as 0.05; less than 0 to fall back. */
  get nudge(): number {
    return this.#nudge;
  }

  /** How long the player takes to begin, as far as is known. */
  get startLatencyMs(): number {
    return this.#start.ms;
  }

  /** How long a jump takes, as far as is known. */
  get seekLatencyMs(): number {
    return this.#seek.ms;
  }

  /**
   * Compares and corrects.
   * @param nowMs the own clock's time at which `player` was read.
   */
  step(nowMs: number, player: PlayerState): Step {
    this.#actions = [];
    const cluster = this.#clock.isGuessed ? this.#clock.toCluster(nowMs) : null;
    const target = this.#playback.at(cluster ?? Number.NEGATIVE_INFINITY);
    if (target === null || (cluster === null && target.playback.playing)) {
      return this.#end(nowMs, null, false, false);
    }

    const changed = this.#followed?.playback !== target.playback || this.#followed.playing !== target.playing;
    this.#followed = target;
    const next = cluster === null ? null : this.#playback.next(cluster);
    if (player.itemId !== target.playback.itemId) {
      this.#load(nowMs, target, changed);
      return this.#end(nowMs, next, false, false);
    }

    if (target.playback.playing && !this.#clock.isKnown) {
      // A guess does to load something, not to play it.
      return this.#end(nowMs, next, true, false);
    }

    return target.playing ? this.#play(nowMs, player, target, next, changed) : this.#rest(nowMs, player, target, next);
  }

  #load(nowMs: number, target: Target, changed: boolean): void {
    this.#halt();
    if (changed || nowMs - this.#movedAt >= this.#constants.latencyMaxMs) {
      const ahead = target.playing ? this.#constants.loadAheadMs * target.playback.rate : 0;
      const positionMs = target.positionMs + ahead;
      this.#actions.push({ type: 'load', itemId: target.playback.itemId, positionMs });
      this.#movedAt = nowMs;
      this.#movedTo = positionMs;
    }
  }

  /** The party rests: so does the player, exactly there, or where it will begin. */
  #rest(nowMs: number, player: PlayerState, target: Target, next: Playback | null): Step {
    const begins = next !== null && next.playing && next.itemId === target.playback.itemId ? next : null;
    const startsAt = begins === null ? Number.POSITIVE_INFINITY : this.#clock.toLocal(begins.atMs, nowMs) - this.#start.ms;
    const positionMs = begins?.positionMs ?? target.positionMs;
    const off = Math.abs(player.positionMs - positionMs);
    const isThere = off <= this.#constants.pausedToleranceMs;
    this.#setRate(player, begins?.rate ?? target.playback.rate);
    if (player.ready && nowMs >= startsAt) {
      // So much earlier that it moves when the party does.
      if (!player.playing) {
        this.#halt();
        this.#actions.push({ type: 'play' });
        this.#measure(nowMs, isThere ? this.#start : null);
      }

      return this.#end(nowMs, next, true, true);
    }

    this.#halt();
    if (player.playing) {
      this.#actions.push({ type: 'pause' });
    }

    // It is on its way, or came as near as it can.
    const wasSent = this.#movedTo === positionMs && nowMs - this.#movedAt < this.#constants.latencyMaxMs;
    if (!isThere && !wasSent) {
      this.#move(nowMs, positionMs);
    }

    const isReady = player.ready && off <= this.#constants.settledMs;
    const step = this.#end(nowMs, next, !isReady, isReady);
    return startsAt > nowMs ? { ...step, wakeAtMs: Math.min(step.wakeAtMs, startsAt) } : step;
  }

  /** The party plays. */
  #play(nowMs: number, player: PlayerState, target: Target, next: Playback | null, changed: boolean): Step {
    const rate = target.playback.rate;
    const isOver = player.durationMs !== null && target.positionMs >= player.durationMs;
    if (isOver || !player.ready) {
      this.#suspicions = 0;
      return this.#end(nowMs, next, !isOver, false);
    }

    const errorMs = (player.positionMs - target.positionMs) / rate;
    if (!player.playing) {
      const startsAt = this.#begin(nowMs, player, target, errorMs);
      const step = this.#end(nowMs, next, true, true);
      return { ...step, wakeAtMs: Math.min(step.wakeAtMs, startsAt) };
    }

    const moves = this.#moves(nowMs, player);
    if (moves) {
      this.#learn(nowMs, errorMs);
    } else {
      this.#actedAt = nowMs;
      this.#suspicions = 0;
    }

    if (moves || changed) {
      this.#correct(nowMs, target, errorMs, changed);
    }

    this.#setRate(player, rate * (1 + this.#nudge));
    const step = this.#end(nowMs, next, this.#isBusy(errorMs), true);
    return { ...step, errorMs };
  }

  /**
   * Begins in the middle of what plays: jumps a little ahead and lets the party come, which is more exact than to guess how long a jump
   * takes. Says when to look again.
   */
  #begin(nowMs: number, player: PlayerState, target: Target, errorMs: number): number {
    const rate = target.playback.rate;
    if (this.#measures === this.#seek) {
      this.#seek.learn(errorMs - this.#constants.startAheadMs);
    }

    this.#halt();
    this.#setRate(player, rate);
    const early = errorMs - this.#start.ms;
    if (early > 0 && early <= this.#constants.waitMaxMs) {
      return nowMs + Math.max(early, 1);
    }

    if (early > 0 || early < -this.#constants.startToleranceMs) {
      this.#move(nowMs, target.positionMs + (this.#seek.ms + this.#constants.startAheadMs) * rate);
      this.#measure(nowMs, this.#seek);
    } else {
      this.#actions.push({ type: 'play' });
      this.#measure(nowMs, this.#start);
    }

    return Number.POSITIVE_INFINITY;
  }

  #correct(nowMs: number, target: Target, errorMs: number, changed: boolean): void {
    const constants = this.#constants;
    const size = Math.abs(errorMs);
    const suspicious = size > (this.#nudge === 0 ? constants.nudgeStartMs : constants.seekThresholdMs);
    this.#suspicions = suspicious ? this.#suspicions + 1 : 0;
    // One odd reading is no reason to do anything.
    const isSure = this.#suspicions > 1;
    const mayJump = changed || (isSure && nowMs - this.#movedAt >= constants.seekCooldownMs);
    if (size > constants.seekThresholdMs && mayJump) {
      this.#halt();
      this.#move(nowMs, target.positionMs + this.#seek.ms * target.playback.rate);
      this.#measure(nowMs, this.#seek);
      return;
    }

    const isEnough = this.#nudge === 0 ? !isSure || this.#measures !== null : size <= constants.nudgeStopMs || errorMs * this.#nudge > 0;
    if (isEnough) {
      this.#nudge = 0;
      return;
    }

    const wanted = Math.min(Math.max(size / constants.nudgeHorizonMs, constants.nudgeMin), constants.nudgeMax);
    const nudge = errorMs > 0 ? -wanted : wanted;
    if (this.#nudge === 0 || Math.abs(nudge - this.#nudge) >= constants.nudgeStep) {
      this.#nudge = nudge;
    }
  }

  /** Whether the player, told to play, has really begun to. */
  #moves(nowMs: number, player: PlayerState): boolean {
    const passed = nowMs - this.#readAt;
    const moved = player.positionMs - this.#readPosition;
    if (passed > 0) {
      this.#readAt = nowMs;
      this.#readPosition = player.positionMs;
    }

    return passed > 0 && moved >= (passed * player.rate) / 2;
  }

  #learn(nowMs: number, errorMs: number): void {
    if (this.#measures !== null && nowMs - this.#actedAt >= this.#constants.latencySettleMs) {
      this.#measures.learn(errorMs);
      this.#measures = null;
    }
  }

  #move(nowMs: number, positionMs: number): void {
    this.#actions.push({ type: 'seek', positionMs });
    this.#movedAt = nowMs;
    this.#movedTo = positionMs;
  }

  #measure(nowMs: number, latency: Latency | null): void {
    this.#measures = latency;
    this.#actedAt = nowMs;
  }

  #halt(): void {
    this.#nudge = 0;
    this.#suspicions = 0;
    this.#measures = null;
  }

  #setRate(player: PlayerState, rate: number): void {
    const rounded = Math.round(rate * 1000) / 1000;
    if (Math.abs(player.rate - rounded) > 1e-6) {
      this.#actions.push({ type: 'rate', rate: rounded });
    }
  }

  #isBusy(errorMs: number): boolean {
    return this.#nudge !== 0 || this.#measures !== null || Math.abs(errorMs) > this.#constants.nudgeStartMs;
  }

  #end(nowMs: number, next: Playback | null, busy: boolean, ready: boolean): Step {
    const tick = nowMs + (busy ? this.#constants.busyTickMs : this.#constants.tickMs);
    const effect = next === null ? tick : Math.max(this.#clock.toLocal(next.atMs, nowMs), nowMs + 1);
    return { actions: this.#actions, wakeAtMs: Math.min(tick, effect), errorMs: null, ready };
  }
}
