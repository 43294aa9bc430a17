import values from './constants.json' with { type: 'json' };

/** The numbers behind staying in step; `docs/protocol.md` says what each one means. Milliseconds unless the name says otherwise. */
export type SyncConstants = typeof values;

/** The numbers that the server's bench measures with, too. */
export const syncConstants: SyncConstants = values;
