import { type Found, MAX_MATCHES, type SearchDirection } from "./found.ts";

/** Names under which the browser marks what was found; a component's style says how. */
const MARK = "zp-found";
const CURRENT_MARK = "zp-found-current";

interface Match {
  readonly line: HTMLElement;
  /** Characters from the beginning of the line. */
  readonly from: number;
  readonly range: StaticRange;
}

/** Searches a log of plain elements, as `LogMirror` makes them, in any case of letters. The elements stay as they are: matches are marked as ranges. */
export class LogSearch {
  readonly #log: HTMLElement;
  readonly #onFound: (found: Found) => void;
  #text = "";
  #matches: readonly Match[] = [];
  #current: Match | undefined;

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
    this.#text = text;
    this.#take();
    const at = this.#place();
    const index = direction === "previous" ? at - 1 : direction === "next" && this.#isCurrent(at) ? at + 1 : at;
    const { length } = this.#matches;
    this.#show(this.#matches[(index + length) % length]);
    if (this.#current !== undefined) reveal(this.#current.range, this.#log);
  }

  /** The log has other lines: what is found is counted anew, and nothing moves. */
  refresh(): void {
    if (this.#text === "") return;
    this.#take();
    const at = this.#place();
    this.#show(this.#isCurrent(at) ? this.#matches[at] : undefined);
  }

  /** Takes all marks away. */
  end(): void {
    this.#text = "";
    this.#unmark();
    this.#matches = [];
    this.#current = undefined;
  }

  #take(): void {
    this.#unmark();
    this.#matches = matchesIn(this.#log, this.#text);
    const all = highlight(MARK, 0);
    for (const { range } of this.#matches) all?.add(range);
  }

  #unmark(): void {
    for (const { range } of this.#matches) highlight(MARK, 0)?.delete(range);
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
    return Math.max(0, this.#matches.findIndex(({ line, from }) =>
      line === current.line ? from >= current.from : (current.line.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0));
  }

  #isCurrent(index: number): boolean {
    const match = this.#matches[index];
    return match !== undefined && match.line === this.#current?.line && match.from === this.#current.from;
  }
}

function matchesIn(log: HTMLElement, text: string): Match[] {
  // Pattern bound: nothing in it repeats, and a line has at most MAX_ENTRY_CHARS.
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), "giu");
  const matches: Match[] = [];
  for (const line of log.children) {
    if (!(line instanceof HTMLElement)) continue;
    const nodes = shownText(line);
    const within = walkThrough(nodes);
    for (const { index, 0: { length } } of nodes.map(({ data }) => data).join("").matchAll(pattern)) {
      const start = within(index);
      // From the last character: the end of one node is the beginning of the next.
      const last = within(index + length - 1);
      if (start === undefined || last === undefined) continue;
      matches.push({ line, from: index, range: new StaticRange({ startContainer: start.node, startOffset: start.offset, endContainer: last.node, endOffset: last.offset + 1 }) });
      if (matches.length === MAX_MATCHES) return matches;
    }
  }
  return matches;
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
