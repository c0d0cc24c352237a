/**
 * Milliseconds that tests wait for what has to come: no measurement, so that a slow or busy machine fails none of them. Far more than
 * anything takes; less than the half minute after which the bridge itself gives up on a client (`DEFAULT_GRACE_MS`) or a peer
 * (`FLUSH_STALL_MS`), so that what only ends by that is seen.
 */
export const PATIENCE_MS = 20_000;

/** The same for what takes many seconds even on an idle machine: megabytes through a slow script, a million lines, the type checker's start. */
export const LONG_PATIENCE_MS = 120_000;
