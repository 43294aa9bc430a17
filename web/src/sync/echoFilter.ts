import { syncConstants, type SyncConstants } from './constants';
import type { PlayerAction, PlayerState } from './player';
import type { Target } from './playbackClock';

/** What a player tells of itself that somebody may have done. */
export type PlayerEvent = 'play' | 'pause' | 'seek' | 'rate';

/**
 * Tells what a person did from what the corrector did: only the first becomes a command, or every client would send every command back.
 * An event is an echo if an action of the corrector lately led to it, or if it leads where the party is anyway.
 */
export class EchoFilter {
  readonly #constants: SyncConstants;
  readonly #expected = new Map<PlayerEvent, number>();

  constructor(constants: SyncConstants = syncConstants) {
    this.#constants = constants;
  }

  /** Notes what the player is about to be told. */
  expect(actions: readonly PlayerAction[], nowMs: number): void {
    for (const action of actions) {
      if (action.type === 'load') {
        // Loading ends what played, moves, and begins with the element's own rate.
        for (const event of ['play', 'pause', 'seek', 'rate'] as const) {
          this.#expected.set(event, nowMs);
        }
      } else {
        this.#expected.set(action.type, nowMs);
      }
    }
  }

  /**
   * Whether an event is the person's doing, and so a command to send.
   * @param player the player after it.
   * @param target where the party is; null while that is not known.
   */
  isCommand(event: PlayerEvent, nowMs: number, player: PlayerState, target: Target | null): boolean {
    const expectedAt = this.#expected.get(event);
    if (expectedAt !== undefined && nowMs - expectedAt <= this.#constants.echoMs) {
      // A jump tells of itself twice, when it begins and when it has ended; the rest tells once.
      if (event !== 'seek') {
        this.#expected.delete(event);
      }

      return false;
    }

    if (target === null || player.itemId !== target.playback.itemId) {
      return false;
    }

    switch (event) {
      case 'play':
        return !target.playing;
      case 'pause':
        return target.playing && !isAtItsEnd(player);
      case 'seek':
        return Math.abs(player.positionMs - target.positionMs) > this.#constants.seekThresholdMs * target.playback.rate;
      case 'rate':
        return Math.abs(player.rate / target.playback.rate - 1) > this.#constants.nudgeMax + 1e-3;
    }
  }
}

function isAtItsEnd(player: PlayerState): boolean {
  return player.durationMs !== null && player.positionMs >= player.durationMs;
}
