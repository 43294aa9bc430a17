import type { Follower } from './follower';
import type { Playback } from './playbackClock';
import type { Step } from './corrector';

/** The members of a frame, of either surface, that matter here. Others are left alone. */
interface SyncMembers {
  readonly t0?: number;
  readonly t1?: number;
  readonly t2?: number;
  readonly seq?: number;
  readonly playback?: PlaybackMembers;
  readonly before?: readonly PlaybackMembers[];
  readonly server_time_ms?: number;
  readonly action?: string;
  readonly barrier_id?: number;
  readonly barrier?: { readonly barrier_id: number } | null;
}

interface PlaybackMembers {
  readonly item_id: string | null;
  readonly position_ms: number;
  readonly playing: boolean;
  readonly rate: number;
  readonly at_ms: number;
}

/** A frame of `/api/v1/watch-parties/{id}/ws`, which is flat, or of `/ws/room/{roomID}`, which has a payload. */
export interface SyncFrame extends SyncMembers {
  readonly type: string;
  readonly payload?: SyncMembers;
}

/**
 * Lets a follower hear a frame.
 * @param localMs the own clock when it was read.
 * @param beganMs the own clock when its connection was begun.
 * @returns whether it said anything about time, playback or who is waited for, so that it is time for a step and a report.
 */
export function hear(follower: Follower, frame: SyncFrame, localMs: number, beganMs: number): boolean {
  const said = frame.payload ?? frame;
  if (frame.type === 'clock') {
    const { t0, t1, t2 } = said;
    if (t0 === undefined || t1 === undefined || t2 === undefined) {
      return false;
    }

    follower.sample({ t0, t1, t2, t3: localMs });
    return true;
  }

  const seq = said.seq ?? frame.seq;
  if (seq === undefined) {
    return false;
  }

  if (frame.type === 'barrier') {
    follower.wait(said.action === 'ended' ? null : (said.barrier_id ?? null), seq);
    return true;
  }

  if (said.playback === undefined) {
    return false;
  }

  if (frame.type === (frame.payload === undefined ? 'sync' : 'state')) {
    if (said.server_time_ms !== undefined) {
      follower.note(said.server_time_ms, localMs, beganMs);
    }

    follower.wait(said.barrier?.barrier_id ?? null, seq);
  }

  // Until the newest takes effect, what is announced before it goes on.
  for (const members of [...(said.before ?? []), said.playback]) {
    follower.take(playbackOf(members), seq);
  }

  return true;
}

/** The members of a `report` frame, but for its type. */
export interface Report {
  readonly rtt_ms: number;
  readonly offset_ms?: number;
  readonly ready: boolean;
  /** The barrier for which the player is ready or not; left out while playing waits for nobody. */
  readonly barrier?: number;
}

/**
 * What to tell the server of a step. Naming the barrier keeps what was on its way when the next one came up from counting for that.
 */
export function reportOf(follower: Follower, step: Step): Report {
  return {
    rtt_ms: follower.clock.roundTripMs,
    ...(step.errorMs === null ? {} : { offset_ms: step.errorMs }),
    ready: step.ready,
    ...(follower.barrier === null ? {} : { barrier: follower.barrier }),
  };
}

function playbackOf(members: PlaybackMembers): Playback {
  return {
    itemId: members.item_id,
    positionMs: members.position_ms,
    playing: members.playing,
    rate: members.rate,
    atMs: members.at_ms,
  };
}
