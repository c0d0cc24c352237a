/** Every limit of dialling, listening and closing that does not depend on who does it, with its unit and reason. */

/** Time for a connection to be made, the look-up of its name included, ms: longer than two lost SYNs, short enough to wait for. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Time for an address of a name to answer before the next one is tried beside it, ms: what RFC 8305, section 8, recommends. */
export const CONNECTION_ATTEMPT_DELAY_MS = 250;

/** Free ports that are asked for until the operating system gives one that a script may have: only few are kept from scripts. */
export const FREE_PORT_TRIES = 16;

/** Addresses of one name that are tried: a name with more is played with. */
export const MAX_ADDRESSES_TRIED = 6;

/** Look-ups at a time: they run in the same four threads of the process as reading files. */
export const MAX_LOOKUPS = 2;

/** Incoming connections that the kernel holds for a listener until they are accepted: a class that joins at the same moment. */
export const LISTEN_BACKLOG = 256;

/** Time after our FIN in which a peer may still send (it is read and thrown away), ms: its last words must not turn into a reset. */
export const LINGER_MS = 1_500;

/** Time without progress after which bytes for a closed stream are given up, ms: a peer that no longer reads. */
export const FLUSH_STALL_MS = 30_000;

/** Bytes of a peer that may wait for a script at first: what a stream of the bridge has, enough for all that is typed and said. */
export const FIRST_WINDOW_BYTES = 262_144;
