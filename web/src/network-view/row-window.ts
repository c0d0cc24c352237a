/** Rows of different heights, one below the other: where each begins. Pixels. */
export class RowTops {
  readonly #tops: Float64Array;

  constructor(heights: ArrayLike<number>) {
    this.#tops = new Float64Array(heights.length + 1);
    for (let index = 0; index < heights.length; index++) this.#tops[index + 1] = (this.#tops[index] ?? 0) + (heights[index] ?? 0);
  }

  get count(): number {
    return this.#tops.length - 1;
  }

  get height(): number {
    return this.#tops[this.count] ?? 0;
  }

  top(index: number): number {
    return this.#tops[Math.max(0, Math.min(index, this.count))] ?? 0;
  }

  /** The row at a height; the first above all, the last below all; -1 without rows. */
  at(y: number): number {
    let low = 0;
    let high = this.count;
    // The last row that begins at `y` or above it.
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#tops[middle] ?? 0) <= y) low = middle;
      else high = middle;
    }
    return this.count === 0 ? -1 : low;
  }

  /** The rows from `first` up to before `end` that are in sight, and `margin` more on either side. */
  window(scrollTop: number, height: number, margin: number): { readonly first: number; readonly end: number } {
    if (this.count === 0) return { first: 0, end: 0 };
    return { first: Math.max(0, this.at(scrollTop) - margin), end: Math.min(this.count, this.at(scrollTop + height) + 1 + margin) };
  }
}

/** Where to scroll so that a row is in sight: not at all if it is. `head` covers the top of what is scrolled. */
export function scrollToShow(tops: RowTops, index: number, view: { readonly scrollTop: number; readonly height: number; readonly head: number }): number {
  const top = tops.top(index);
  const bottom = tops.top(index + 1);
  const { scrollTop, height, head } = view;
  if (top < scrollTop) return top;
  const low = bottom - (height - head);
  return low > scrollTop ? low : scrollTop;
}
