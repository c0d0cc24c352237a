import { Fifo } from "../fifo.ts";

/** Parts of one direction in the order of their offsets, found by offset. */
export class SpanList<T extends { readonly offset: number; readonly end: number }> {
  readonly #spans = new Fifo<T>();

  push(span: T): void {
    this.#spans.push(span);
  }

  /** Those that end here or before are of no more use. */
  dropUpTo(offset: number): void {
    while (this.#spans.first && this.#spans.first.end <= offset) this.#spans.shift();
  }

  /** The one that has the byte at this offset. */
  at(offset: number): T | undefined {
    let low = 0;
    let high = this.#spans.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const span = this.#spans.at(middle) as T;
      if (offset < span.offset) high = middle - 1;
      else if (offset >= span.end) low = middle + 1;
      else return span;
    }
    return undefined;
  }
}
