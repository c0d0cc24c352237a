import { FitAddon } from "@xterm/addon-fit";
import { type ITheme, type IUnicodeVersionProvider, Terminal } from "@xterm/xterm";
import terminalCss from "@xterm/xterm/css/xterm.css?inline";
import { ANSI_TOKENS } from "./ansi-colours.ts";
import { type LogEntry, MAX_LOG_ENTRIES } from "../log/console-log.ts";
import type { Found, SearchDirection } from "./found.ts";
import { type PacedRows, paceRows } from "./paced-rows.ts";
import { ScreenHold } from "./screen-hold.ts";
import type { SourcePlace } from "./source-places.ts";
import { TerminalFeed } from "./terminal-feed.ts";
import { terminalLinks } from "./terminal-links.ts";
import type { SearchColours, TerminalSearch } from "./terminal-search.ts";
import { selectWordOfLongLine } from "./terminal-words.ts";
import { isSimple, TAB_WIDTH } from "./word-wrap.ts";

export interface TerminalViewOptions {
  /** All that is to be seen: written anew when the width of the rows has changed. */
  readonly entries: () => readonly LogEntry[];
  readonly isFile: (name: string) => boolean;
  readonly onLink: (place: SourcePlace) => void;
  readonly onFound: (found: Found) => void;
}

/** Entries that xterm gets at once: a few milliseconds of its work, between which the page can do something else. */
const ENTRIES_AT_ONCE = 250;
/** The same for their characters, where entries are long. */
const CHARS_AT_ONCE = 16_384;
/** Milliseconds that lines are made ready without a pause. */
const SLICE_MS = 6;
/** Characters that xterm takes in without a pause: it looks at the clock between what it is sent, never within. */
const WRITE_CHARS = 4_096;
/** Milliseconds after the last change of the width until lines are wrapped anew. */
const SETTLE_MS = 120;
/** By these xterm wraps its lines anew, or does not. Set to another object it would make all its styles anew. */
const WRAPS_ANEW = {};
const WRAPS_NOTHING_ANEW = { buildNumber: 1 };
/** What turns the cursor off: it has nothing to say in a console that only shows. */
const NO_CURSOR = "\x1b[?25l";

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
  readonly #screen: ScreenHold;
  readonly #rows: PacedRows | undefined;
  /** The first is being written. */
  readonly #writings: Writing[] = [];
  readonly #onFound: TerminalViewOptions["onFound"];
  #search: TerminalSearch | undefined;
  readonly #feed: TerminalFeed;
  readonly #entries: TerminalViewOptions["entries"];
  /** The terminal's widths of letters that are not simple; `undefined` until a text has some, `null` where they could not be had. */
  #widths: IUnicodeVersionProvider | null | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
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
      // It would follow a word over all rows of its line.
      rightClickSelectsWord: false,
      scrollback: MAX_LOG_ENTRIES,
      tabStopWidth: TAB_WIDTH,
      theme: themeOf(container),
    });
    this.#screen = new ScreenHold(this.#terminal);
    this.#terminal.loadAddon(this.#fit);
    this.#onFound = options.onFound;
    this.#entries = options.entries;
    this.#feed = new TerminalFeed({ isFile: options.isFile, columns: () => this.#terminal.cols, widths: () => this.#widths ?? undefined });
    this.#terminal.open(container);
    this.#rows = paceRows(this.#terminal);
    this.#terminal.write(NO_CURSOR);
    this.#terminal.textarea?.setAttribute("tabindex", "-1");
    this.#terminal.attachCustomKeyEventHandler(() => false);
    this.#terminal.registerLinkProvider({
      provideLinks: (row, callback) => callback(terminalLinks(this.#terminal, row, options)),
    });
    container.addEventListener(
      "mousedown",
      (event) => {
        if (selectWordOfLongLine(this.#terminal, event)) event.stopPropagation();
      },
      { capture: true },
    );
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
    let to = from;
    for (let chars = 0; to < entries.length && to - from < ENTRIES_AT_ONCE && chars < CHARS_AT_ONCE; to++) chars += entries[to]?.text.length ?? 0;
    const batch = entries.slice(from, to);
    if (this.#widths === undefined && batch.some(({ text }) => !isSimple(text))) {
      void this.#loadWidths().then(() => {
        if (this.#writings[0] === writing) this.#writeNext(from);
      });
      return;
    }
    const pieces = this.#feed.pieces(batch);
    const writeNext = (begin: string): void => {
      const { text, isAll } = take(pieces);
      this.#send(begin + text, () => {
        // Cleared meanwhile.
        if (this.#writings[0] !== writing) return;
        if (!isAll) writeNext("");
        else if (to < entries.length) this.#writeNext(to);
        else {
          this.#writings.shift();
          shown?.();
          this.#writeNext(0);
        }
      });
    };
    const begin = from > 0 || repeated === undefined ? "" : this.#feed.repeat(repeated);
    writeNext(this.#screen.before(batch.length) + begin);
  }

  #send(text: string, taken: () => void): void {
    let from = 0;
    for (; text.length - from > WRITE_CHARS; from += WRITE_CHARS) this.#terminal.write(text.slice(from, from + WRITE_CHARS));
    this.#terminal.write(text.slice(from), taken);
  }

  /** Fetches the widths of emoji and joined letters; without them, such letters stand a little apart or over each other. */
  async #loadWidths(): Promise<void> {
    try {
      const { useGraphemes } = await import("./cell-widths.ts");
      this.#widths ??= useGraphemes(this.#terminal);
    } catch {
      this.#widths ??= null;
    }
  }

  /** Fetches what the search needs; to be awaited before `find`. Rejects when it cannot be had. */
  async loadSearch(): Promise<void> {
    const { TerminalSearch } = await import("./terminal-search.ts");
    const colours = (): SearchColours => {
      const { theme } = this.#terminal.options;
      return { found: hex(theme?.selectionBackground), current: hex(theme?.red) };
    };
    this.#search ??= new TerminalSearch(this.#terminal, colours, this.#onFound);
  }

  /** Goes to the next place with this text, or the one before; an empty text ends the search. */
  find(text: string, direction: SearchDirection): void {
    this.#search?.find(text, direction);
  }

  clear(): void {
    // What waits is not written any more, and counts as shown.
    for (const { shown } of this.#writings.splice(0)) shown?.();
    // `reset` is done only after what was written before; it brings the cursor back.
    this.#feed.reset();
    this.#screen.reset();
    this.#terminal.write(`\x1bc${NO_CURSOR}`);
  }

  /** Writes all anew, in rows of another length; what was in sight stays about where it was. */
  #rewrap(): void {
    const { active } = this.#terminal.buffer;
    const share = active.viewportY < active.baseY ? active.viewportY / active.baseY : 1;
    // What waits is among the entries.
    const waiting = this.#writings.splice(0);
    this.#feed.reset();
    this.#terminal.write(`\x1bc${NO_CURSOR}`);
    this.#screen.hold();
    this.write(this.#entries(), undefined, () => {
      this.#screen.show(() => {
        if (share < 1) this.#terminal.scrollToLine(Math.round(share * this.#terminal.buffer.active.baseY));
      });
      for (const { shown } of waiting) shown?.();
    });
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
    clearTimeout(this.#settling);
    this.#screen.reset();
    this.#rows?.dispose();
    this.#search?.dispose();
    this.#resized.disconnect();
    this.#terminal.dispose();
  }

  #fitNow(): void {
    // A console that is not shown has no size to fit to.
    if (this.#container.clientWidth === 0 || this.#container.clientHeight === 0) return;
    const before = this.#terminal.cols;
    const columns = this.#fit.proposeDimensions()?.cols ?? before;
    // Every option that is set has the browser style all rows anew.
    if (columns !== before) this.#rows?.clear();
    // Lines are wrapped by words, which xterm's own way of wrapping anew knows nothing of; this turns it off.
    this.#terminal.options.windowsPty = columns === before ? WRAPS_ANEW : WRAPS_NOTHING_ANEW;
    this.#fit.fit();
    if (columns === before || this.#entries().length === 0) return;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#rewrap(), SETTLE_MS);
  }
}

/** As many pieces as are made within a few milliseconds. */
function take(pieces: Iterator<string, void>): { text: string; isAll: boolean } {
  const begun = performance.now();
  let text = "";
  while (text.length < CHARS_AT_ONCE && performance.now() - begun < SLICE_MS) {
    const { done, value } = pieces.next();
    if (done === true) return { text, isAll: true };
    text += value;
  }
  return { text, isAll: false };
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
