import { performance, type EventLoopUtilization } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How often it is looked whether memory can be given back, ms: within half a minute of a flood's end it has been. */
const CHECK_MS = 5_000;

/** Memory of buffers from which on it is worth a pause of some milliseconds, bytes. */
const WORTH_BYTES = 32 * 1024 * 1024;

/** Share of the time in which the process may have been busy: above it somebody would wait for the pause, and V8 collects by itself. */
const MOST_BUSY = 0.1;

/**
 * Has garbage collected when a flood is over: V8 does so when more memory is asked for, so that an idle process would keep for
 * minutes or for ever what it was made to take.
 */
export class GarbageWatch {
  readonly #timer: NodeJS.Timeout;
  #collect: (() => void) | undefined;
  #utilization: EventLoopUtilization = performance.eventLoopUtilization();
  /** Bytes of buffers that the last time left: what is in use, and need not be looked for again. */
  #inUse = 0;

  constructor() {
    this.#timer = setInterval(() => this.#check(), CHECK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    const before = this.#utilization;
    this.#utilization = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(this.#utilization, before);
    const { arrayBuffers } = process.memoryUsage();
    this.#inUse = Math.min(this.#inUse, arrayBuffers);
    if (utilization > MOST_BUSY || arrayBuffers - this.#inUse < WORTH_BYTES) return;
    this.#collect ??= collector();
    this.#collect();
    this.#inUse = process.memoryUsage().arrayBuffers;
  }
}

/** V8 gives its function to contexts that are made after the flag was set. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  return collect;
}
