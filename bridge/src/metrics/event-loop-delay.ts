import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";

/** How often the delay is measured, ms: costs next to nothing, and finds pauses that a person notices. */
const RESOLUTION_MS = 10;

/** Time whose measurements are taken together, ms: as often as Prometheus usually asks. */
const WINDOW_MS = 15_000;

/** Delays of the event loop, seconds: how late a timer runs. */
export interface DelayQuantiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Measures how long whatever happens has to wait because something else runs. */
export class EventLoopDelay {
  readonly #histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  readonly #timer: NodeJS.Timeout;
  #last: DelayQuantiles | undefined;

  constructor() {
    this.#histogram.enable();
    this.#timer = setInterval(() => {
      this.#last = this.#read();
      this.#histogram.reset();
    }, WINDOW_MS);
    this.#timer.unref();
  }

  /** The delays of the last 15 to 30 s, the worse of two windows: asking changes nothing, so anybody may ask. */
  quantiles(): DelayQuantiles {
    const now = this.#read();
    const last = this.#last ?? now;
    return { p50: Math.max(now.p50, last.p50), p99: Math.max(now.p99, last.p99), max: Math.max(now.max, last.max) };
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#histogram.disable();
  }

  #read(): DelayQuantiles {
    const seconds = (nanoseconds: number): number => (this.#histogram.count === 0 ? 0 : Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1e3));
    return { p50: seconds(this.#histogram.percentile(50)), p99: seconds(this.#histogram.percentile(99)), max: seconds(this.#histogram.max) };
  }
}
