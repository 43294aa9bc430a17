/** What a player says of itself: a media element, or what stands for one. */
export interface PlayerState {
  /** What it has loaded; null for nothing. */
  readonly itemId: string | null;
  readonly positionMs: number;
  /** Whether it was told to play, be it waiting for data or not. */
  readonly playing: boolean;
  /** Whether it can play from where it is: it has data and is not on its way to another position. */
  readonly ready: boolean;
  /** Times normal speed, with any nudge. */
  readonly rate: number;
  /** Null while nobody knows. */
  readonly durationMs: number | null;
}

/** What to tell the player, in this order. */
export type PlayerAction =
  | { readonly type: 'load'; readonly itemId: string | null; readonly positionMs: number }
  | { readonly type: 'seek'; readonly positionMs: number }
  | { readonly type: 'rate'; readonly rate: number }
  | { readonly type: 'play' }
  | { readonly type: 'pause' };
