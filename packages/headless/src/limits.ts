/** Every limit of running programs in a terminal, with its unit and reason. */

/** Programs of one command: what a project may reasonably have side by side; a folder with more was named by mistake. */
export const MAX_PROGRAMS = 20;

/** Frames a second that `--fps` takes, both included: Node's timers count milliseconds. */
export const FPS_RANGE = [1, 1_000] as const;

/** Frames a second where nothing is said: what a display has, so that a script runs as it does in the page. */
export const DEFAULT_FPS = 60;

/** Seconds that `--timeout` takes at most: a day, beyond which nobody waits for a test. */
export const MAX_TIMEOUT_SECONDS = 86_400;

/** Time that the next program waits for the one before it to get under way, at most, ms: the same as in the page. A server first listens, then its client comes. */
export const START_LIMIT_MS = 2_000;

/** Time from a request to stop for `zone.cleanup` and for what was sent to leave, ms: a little less than the command waits before it ends the program. */
export const STOP_LIMIT_MS = 1_350;

/** Time from a request to stop in which what conditions hold goes by them, ms: half of what there is, so that the rest has time to leave. */
export const HELD_LIMIT_MS = 675;

/** Time for a program to stop before it is ended, ms: the same as in the page. */
export const FORCE_STOP_MS = 1_500;

/** Time within which a second signal is the same press of Ctrl+C, ms: a terminal sends it to npm too, which passes it on. */
export const SAME_PRESS_MS = 250;

/** Characters of output that may be on their way to the terminal while each line is handed over at once, so that the last one before an endless loop is seen. */
export const EAGER_CHARS = 4_096;

/** Characters of output that are handed over together beyond that. */
export const BATCH_CHARS = 65_536;

/** Characters of output on their way from which on a program gets no frames: whoever reads is slower than it writes. */
export const FRAMES_WAIT_CHARS = 1_048_576;

/** Characters of output on their way from which on a `print` waits: what is printed is never left out, and must not fill the memory. */
export const PRINT_WAITS_CHARS = 4_194_304;

/** Lines of input that are on their way to a program: a tenth of what its queue holds, so that a file that is piped in loses none. */
export const INPUT_LINES_IN_FLIGHT = 100;

/** Time without a change before programs run again, ms: editors write a file in several steps. */
export const WATCH_SETTLE_MS = 100;

/**
 * The young generation of a thread's JavaScript heap, MB: three halves of 1 MB. It grows to 48 by itself, and stays; what a script holds lies in
 * the memory of its VM, and the bytes of its connections outside of any heap, so that a large one makes nothing faster.
 */
export const YOUNG_GENERATION_MB = 3;

/** Time between two looks at files where the operating system does not report changes, ms. */
export const WATCH_POLL_MS = 1_000;
