import { type Found, MAX_MATCHES, type SearchDirection } from "./found.ts";

/** Names under which the browser marks what was found; a component's style says how. */
const MARK = "zp-found";
const CURRENT_MARK = "zp-found-current";

/** Milliseconds that the search works without a pause. */
const SLICE_MS = 8;
/** Milliseconds after a change of the log until what is found is counted anew. */
const REFRESH_MS = 200;
/** Matches that are marked at a time, those nearest to what is in sight: a browser paints each, also out of sight. */
const MAX_MARKED = 200;

interface Match {
  readonly line: HTMLElement;
  /** What the browser lays out by itself: the line, or the part of it in which the match begins. */
  readonly block: HTMLElement;
  /** Characters from the beginning of the line. */
  readonly from: number;
  readonly range: StaticRange;
}

/** Searches a log of plain elements, as `LogMirror` makes them, in any case of letters, a few milliseconds at a time. The elements stay as they are: matches are marked as ranges. */
export class LogSearch {
  readonly #log: HTMLElement;
  readonly #onFound: (found: Found) => void;
  #text = "";
  #matches: readonly Match[] = [];
  #current: Match | undefined;
  #marked: readonly StaticRange[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame: number | undefined;
  /** Counts the searches: one that was begun before the last is given up. */
  #turn = 0;
  readonly #resized = new ResizeObserver(() => this.#markSoon());

  constructor(log: HTMLElement, onFound: (found: Found) => void) {
    this.#log = log;
    this.#onFound = onFound;
  }

  /** Goes to the next place with this text, or the one before, around the ends; an empty text ends the search. */
  find(text: string, direction: SearchDirection): void {
    if (text === "") {
      this.end();
      return;
    }
    if (this.#text === "") {
      this.#log.addEventListener("scroll", this.#markSoon, { passive: true });
      this.#resized.observe(this.#log);
    }
    this.#text = text;
    void this.#take().then((isTaken) => {
      if (!isTaken) return;
      const at = this.#place();
      const index = direction === "previous" ? at - 1 : direction === "next" && this.#isCurrent(at) ? at + 1 : at;
      const { length } = this.#matches;
      this.#show(this.#matches[(index + length) % length]);
      if (this.#current !== undefined) reveal(this.#current.range, this.#log);
      this.#mark();
    });
  }

  /** The log has other lines: what is found is counted anew a little later, and nothing moves. */
  refresh(): void {
    if (this.#text === "") return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#take().then((isTaken) => {
        if (!isTaken) return;
        const at = this.#place();
        this.#show(this.#isCurrent(at) ? this.#matches[at] : undefined);
        this.#mark();
      });
    }, REFRESH_MS);
  }

  /** Takes all marks away. */
  end(): void {
    this.#turn++;
    this.#text = "";
    this.#log.removeEventListener("scroll", this.#markSoon);
    this.#resized.disconnect();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#matches = [];
    this.#unmarkCurrent();
    this.#current = undefined;
    this.#mark();
  }

  /** Finds all matches; says whether it did, or another search was begun meanwhile. */
  async #take(): Promise<boolean> {
    const turn = ++this.#turn;
    const matches: Match[] = [];
    let begun = performance.now();
    for (const found of matchesIn(this.#log, this.#text)) {
      for (const match of found) if (matches.length < MAX_MATCHES) matches.push(match);
      if (matches.length === MAX_MATCHES) break;
      if (performance.now() - begun < SLICE_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (turn !== this.#turn) return false;
      begun = performance.now();
    }
    this.#unmarkCurrent();
    this.#matches = matches;
    return true;
  }

  readonly #markSoon = (): void => {
    if (this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#mark();
    });
  };

  /** Marks what is in sight, and about there. */
  #mark(): void {
    const all = highlight(MARK, 0);
    if (all === undefined) return;
    for (const range of this.#marked) all.delete(range);
    this.#marked = nearest(this.#matches, this.#log).map(({ range }) => range);
    for (const range of this.#marked) all.add(range);
  }

  #unmarkCurrent(): void {
    if (this.#current === undefined) return;
    highlight(CURRENT_MARK, 1)?.delete(this.#current.range);
    delete this.#current.line.dataset["found"];
  }

  #show(match: Match | undefined): void {
    if (match !== undefined) {
      highlight(CURRENT_MARK, 1)?.add(match.range);
      match.line.dataset["found"] = "";
      this.#current = match;
    }
    this.#onFound({ index: match === undefined ? -1 : this.#matches.indexOf(match), count: this.#matches.length });
  }

  /** Index of the first match that is not before the current one; 0 where that is gone or the last. */
  #place(): number {
    const current = this.#current;
    // Lines go from the top.
    if (current === undefined || !this.#log.contains(current.line)) return 0;
    return Math.max(
      0,
      this.#matches.findIndex(({ line, from }) =>
        line === current.line ? from >= current.from : (current.line.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
      ),
    );
  }

  #isCurrent(index: number): boolean {
    const match = this.#matches[index];
    return match !== undefined && match.line === this.#current?.line && match.from === this.#current.from;
  }
}

/** The matches that are to be marked: those nearest to the middle of what is in sight, as far as their place can be told without measuring each. */
function nearest(matches: readonly Match[], log: HTMLElement): readonly Match[] {
  if (matches.length <= MAX_MARKED) return matches;
  const view = log.getBoundingClientRect();
  const middle = (view.top + view.bottom) / 2;
  const far: { readonly match: Match; readonly distance: number }[] = [];
  for (let first = 0; first < matches.length;) {
    const { block } = matches[first] as Match;
    let end = first;
    while (matches[end]?.block === block) end++;
    const { top, height } = block.getBoundingClientRect();
    for (let index = first; index < end; index++)
      far.push({ match: matches[index] as Match, distance: Math.abs(top + (height * (index - first)) / (end - first) - middle) });
    first = end;
  }
  return far
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_MARKED)
    .map(({ match }) => match);
}

/** The matches of each line, from the top. */
function* matchesIn(log: HTMLElement, text: string): Generator<Match[], void> {
  // Pattern bound: nothing in it repeats, and a line has at most MAX_ENTRY_CHARS.
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), "giu");
  for (const line of log.children) {
    if (!(line instanceof HTMLElement)) continue;
    const matches: Match[] = [];
    const nodes = shownText(line);
    const within = walkThrough(nodes);
    for (const {
      index,
      0: { length },
    } of nodes
      .map(({ data }) => data)
      .join("")
      .matchAll(pattern)) {
      const start = within(index);
      // From the last character: the end of one node is the beginning of the next.
      const last = within(index + length - 1);
      if (start === undefined || last === undefined) continue;
      const block = start.node.parentElement?.closest<HTMLElement>(".part") ?? line;
      matches.push({
        line,
        block,
        from: index,
        range: new StaticRange({ startContainer: start.node, startOffset: start.offset, endContainer: last.node, endOffset: last.offset + 1 }),
      });
      if (matches.length === MAX_MATCHES) break;
    }
    yield matches;
  }
}

/** What one sees of a line, without its count. */
function shownText(line: HTMLElement): Text[] {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
    return (node as Element).matches(".visually-hidden, [data-count]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const nodes: Text[] = [];
  while (walker.nextNode() !== null) nodes.push(walker.currentNode as Text);
  return nodes;
}

/** Gives the character at an offset in the texts of nodes that follow each other. Asked from the front to the back, it goes through them once. */
function walkThrough(nodes: readonly Text[]): (offset: number) => { readonly node: Text; readonly offset: number } | undefined {
  let index = 0;
  let from = 0;
  return (offset) => {
    let node = nodes[index];
    while (node !== undefined && offset >= from + node.data.length) {
      from += node.data.length;
      node = nodes[++index];
    }
    return node === undefined ? undefined : { node, offset: offset - from };
  };
}

/** The document's marks of one kind, of all searches together; nothing in a browser that has none: the line is marked there all the same. */
function highlight(name: string, priority: number): Highlight | undefined {
  if (typeof Highlight === "undefined") return undefined;
  let found = CSS.highlights.get(name);
  if (found === undefined) {
    found = new Highlight();
    found.priority = priority;
    CSS.highlights.set(name, found);
  }
  return found;
}

/** Scrolls the log, and nothing around it, until a range is in sight. */
function reveal({ startContainer, startOffset, endContainer, endOffset }: StaticRange, log: HTMLElement): void {
  const range = document.createRange();
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  const place = range.getBoundingClientRect();
  const view = log.getBoundingClientRect();
  if (place.top < view.top || place.bottom > view.bottom) log.scrollTop += (place.top + place.bottom - view.top - view.bottom) / 2;
}
