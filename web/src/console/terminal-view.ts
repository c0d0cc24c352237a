import { FitAddon } from "@xterm/addon-fit";
import type { SearchAddon } from "@xterm/addon-search";
import { type ILink, type ITheme, Terminal } from "@xterm/xterm";
import terminalCss from "@xterm/xterm/css/xterm.css?inline";
import { ANSI_TOKENS } from "./ansi-colours.ts";
import { findSourceLinks, type SourceLink } from "./source-links.ts";
import { type LogEntry, MAX_LOG_ENTRIES } from "./console-log.ts";
import { type Found, MAX_MATCHES, type SearchDirection } from "./found.ts";
import { TerminalFeed } from "./terminal-feed.ts";

export interface TerminalViewOptions {
  readonly isFile: (name: string) => boolean;
  readonly onLink: (link: SourceLink) => void;
  readonly onFound: (found: Found) => void;
}

/** Entries that xterm gets at once: a few milliseconds of its work, between which the page can do something else. */
const ENTRIES_AT_ONCE = 250;

/** What is still to be written. */
interface Writing {
  readonly entries: readonly LogEntry[];
  readonly repeated: LogEntry | undefined;
  readonly shown: (() => void) | undefined;
}

/** The terminal of one console. Loaded apart from the page, since xterm is its largest piece beside the editor. */
export class TerminalView {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  /** The first is being written. */
  readonly #writings: Writing[] = [];
  readonly #onFound: TerminalViewOptions["onFound"];
  #search: SearchAddon | undefined;
  readonly #feed: TerminalFeed;
  readonly #container: HTMLElement;
  readonly #resized: ResizeObserver;

  /** `root` is where the terminal's style sheet goes. */
  constructor(container: HTMLElement, root: ShadowRoot, options: TerminalViewOptions) {
    adoptTerminalStyles(root);
    this.#container = container;
    const { fontFamily, fontSize } = getComputedStyle(container);
    this.#terminal = new Terminal({
      // Marking what a search has found is not a settled part of xterm yet.
      allowProposedApi: true,
      convertEol: false,
      cursorBlink: false,
      cursorInactiveStyle: "none",
      disableStdin: true,
      fontFamily,
      fontSize: Number.parseFloat(fontSize),
      lineHeight: 1.3,
      // Colours a script chooses stay readable on either ground.
      minimumContrastRatio: 4.5,
      scrollback: MAX_LOG_ENTRIES,
      tabStopWidth: 4,
      theme: themeOf(container),
    });
    this.#terminal.loadAddon(this.#fit);
    this.#onFound = options.onFound;
    this.#feed = new TerminalFeed({ isFile: options.isFile, columns: () => this.#terminal.cols });
    this.#terminal.open(container);
    // The cursor has nothing to say in a console that only shows.
    this.#terminal.write("\x1b[?25l");
    this.#terminal.textarea?.setAttribute("tabindex", "-1");
    this.#terminal.attachCustomKeyEventHandler(() => false);
    this.#terminal.registerLinkProvider({
      provideLinks: (bufferLine, callback) => callback(this.#linksAt(bufferLine, options)),
    });
    this.#resized = new ResizeObserver(() => this.#fitNow());
    this.#resized.observe(container);
    this.#fitNow();
  }

  /** Calls `shown` once the entries are on the screen. `repeated` is the last entry before them, where its count has changed. */
  write(entries: readonly LogEntry[], repeated?: LogEntry, shown?: () => void): void {
    // A copy: what is written in pieces may be a list that grows meanwhile.
    this.#writings.push({ entries: [...entries], repeated, shown });
    if (this.#writings.length === 1) this.#writeNext(0);
  }

  /** Writes a piece of what comes first, and goes on once xterm has taken it in: xterm itself pauses between what it is sent, never within. */
  #writeNext(from: number): void {
    const [writing] = this.#writings;
    if (writing === undefined) return;
    const { entries, repeated, shown } = writing;
    const to = Math.min(from + ENTRIES_AT_ONCE, entries.length);
    const recount = from > 0 || repeated === undefined ? "" : this.#feed.repeat(repeated);
    this.#terminal.write(recount + this.#feed.add(entries.slice(from, to)), () => {
      // Cleared meanwhile.
      if (this.#writings[0] !== writing) return;
      if (to < entries.length) {
        this.#writeNext(to);
        return;
      }
      this.#writings.shift();
      shown?.();
      this.#writeNext(0);
    });
  }

  /** Fetches what the search needs; to be awaited before `find`. Rejects when it cannot be had. */
  async loadSearch(): Promise<void> {
    const { SearchAddon } = await import("@xterm/addon-search");
    if (this.#search !== undefined) return;
    const search = new SearchAddon({ highlightLimit: MAX_MATCHES });
    this.#terminal.loadAddon(search);
    search.onDidChangeResults(({ resultIndex, resultCount }) => this.#onFound({ index: resultIndex, count: resultCount }));
    this.#search = search;
  }

  /** Goes to the next place with this text, or the one before; an empty text ends the search. */
  find(text: string, direction: SearchDirection): void {
    const search = this.#search;
    if (search === undefined) return;
    if (text === "") {
      search.clearDecorations();
      this.#terminal.clearSelection();
      return;
    }
    const { theme } = this.#terminal.options;
    const options = {
      incremental: direction === "here",
      decorations: {
        matchBackground: hex(theme?.selectionBackground),
        matchOverviewRuler: hex(theme?.yellow),
        activeMatchBackground: hex(theme?.selectionBackground),
        activeMatchBorder: hex(theme?.red),
        activeMatchColorOverviewRuler: hex(theme?.red),
      },
    };
    if (direction === "previous") search.findPrevious(text, options);
    else search.findNext(text, options);
  }

  clear(): void {
    // What waits is not written any more, and counts as shown.
    for (const { shown } of this.#writings.splice(0)) shown?.();
    // `reset` is done only after what was written before; it brings the cursor back.
    this.#feed.reset();
    this.#terminal.write("\x1bc\x1b[?25l");
  }

  scroll(lines: number): void {
    this.#terminal.scrollLines(lines);
  }

  scrollPages(pages: number): void {
    this.#terminal.scrollPages(pages);
  }

  scrollToTop(): void {
    this.#terminal.scrollToTop();
  }

  scrollToBottom(): void {
    this.#terminal.scrollToBottom();
  }

  get selection(): string {
    return this.#terminal.getSelection();
  }

  selectAll(): void {
    this.#terminal.selectAll();
  }

  /** Takes the page's colours anew. */
  followTheme(): void {
    this.#terminal.options.theme = themeOf(this.#container);
  }

  dispose(): void {
    this.#resized.disconnect();
    this.#terminal.dispose();
  }

  #fitNow(): void {
    // A console that is not shown has no size to fit to.
    if (this.#container.clientWidth > 0 && this.#container.clientHeight > 0) this.#fit.fit();
  }

  /** Links on one row of the screen; a line that is wrapped over several rows is searched as a whole. */
  #linksAt(bufferLine: number, options: TerminalViewOptions): ILink[] | undefined {
    const buffer = this.#terminal.buffer.active;
    let first = bufferLine - 1;
    while (first > 0 && buffer.getLine(first)?.isWrapped) first--;
    let text = "";
    for (let row = first; row === first || buffer.getLine(row)?.isWrapped; row++) text += buffer.getLine(row)?.translateToString(false) ?? "";
    const columns = this.#terminal.cols;
    const place = (index: number): { x: number; y: number } => ({ x: (index % columns) + 1, y: first + Math.floor(index / columns) + 1 });
    const links = findSourceLinks(text, options.isFile).map((link): ILink => ({
      text: `${link.file}:${link.line}`,
      range: { start: place(link.from), end: place(link.to - 1) },
      activate: () => options.onLink(link),
    }));
    return links.filter(({ range }) => range.start.y <= bufferLine && range.end.y >= bufferLine);
  }
}

/** `rgb(…)` as `#rrggbb`, which is all that the search takes. */
function hex(colour: string | undefined): string {
  const [red = 0, green = 0, blue = 0] = (colour ?? "").match(/[\d.]+/g)?.map(Number) ?? [];
  return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

let terminalSheet: CSSStyleSheet | undefined;

function adoptTerminalStyles(root: ShadowRoot): void {
  if (terminalSheet === undefined) {
    terminalSheet = new CSSStyleSheet();
    terminalSheet.replaceSync(terminalCss);
  }
  if (!root.adoptedStyleSheets.includes(terminalSheet)) root.adoptedStyleSheets.push(terminalSheet);
}

/** The page's colours as the terminal needs them: plain values, which only the browser can work out of `light-dark()`. */
function themeOf(element: HTMLElement): ITheme {
  const probe = document.createElement("span");
  element.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const theme: ITheme = {
    background: colour("--console"),
    foreground: colour("--ink"),
    cursor: colour("--console"),
    selectionBackground: colour("--selection"),
    ...Object.fromEntries(Object.entries(ANSI_TOKENS).map(([name, token]) => [name, colour(token)])),
    scrollbarSliderBackground: colour("--line"),
    scrollbarSliderHoverBackground: colour("--line-strong"),
    scrollbarSliderActiveBackground: colour("--line-strong"),
  };
  probe.remove();
  return theme;
}
