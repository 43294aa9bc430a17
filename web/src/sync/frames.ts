import type { Follower } from './follower';
import type { Playback } from './playbackClock';

/** The members of a frame, of either surface, that matter here. Others are left alone. */
interface SyncMembers {
  readonly t0?: number;
  readonly t1?: number;
  readonly t2?: number;
  readonly seq?: number;
  readonly playback?: PlaybackMembers;
  readonly position_ms?: number;
  readonly is_playing?: boolean;
  readonly server_time_ms?: number;
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
 * @returns whether it said anything about time or playback, so that it is time for a step.
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
  if (said.playback === undefined || seq === undefined) {
    return false;
  }

  const playback = playbackOf(said.playback);
  const now = said.server_time_ms;
  const isState = frame.type === (frame.payload === undefined ? 'sync' : 'state');
  if (isState && now !== undefined) {
    follower.note(now, localMs, beganMs);
    if (playback.atMs > now) {
      // Until then it goes on as the frame says that it does now.
      follower.take({ ...playback, positionMs: said.position_ms ?? 0, playing: said.is_playing ?? false, atMs: now }, seq);
    }
  }

  follower.take(playback, seq);
  return true;
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
