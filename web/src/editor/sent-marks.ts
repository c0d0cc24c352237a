import { type Extension, StateEffect, StateField, type Text } from "@codemirror/state";
import { EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** Lines that have sent bytes, of each file, and what is said of one. */
export interface SentLines {
  readonly files: ReadonlyMap<string, readonly number[]>;
  label(line: number): string;
}

/** What marks lines that have sent bytes. Fetched when there is one. */
export interface SentMarkWords {
  /** What a line's mark says, in the reader's language. */
  label(line: number): string;
  /** The mark of a line was pressed. */
  onPressed(line: number): void;
}

/** Replaces the lines that are marked, counted from 1: as they were when the program was started. */
export const setSentLines = StateEffect.define<readonly number[]>();

/**
 * A button in the gutter for each line that has sent bytes. It stands in room that the gutter of errors always keeps, so that nothing
 * moves; and beside the gutters, which are hidden from screen readers. With the keyboard one asks for the line of the cursor instead.
 */
export function sentMarks(words: SentMarkWords): Extension {
  return [linesField, ViewPlugin.define((view) => new SentMarks(view, words)), theme];
}

/** Where the lines begin now: they move with the code that is written around them. */
const linesField = StateField.define<ReadonlyMap<number, number>>({
  create: () => new Map(),
  update(lines, { docChanged, changes, effects, state: { doc } }) {
    let now = lines;
    if (docChanged) {
      now = new Map(
        [...lines].flatMap(([line, at]) => {
          const mapped = changes.mapPos(at, 1);
          // What was written over is gone.
          return changes.touchesRange(at) === "cover" ? [] : [[line, doc.lineAt(mapped).from] as const];
        }),
      );
    }
    for (const effect of effects) {
      if (effect.is(setSentLines)) now = placed(effect.value, now, doc);
    }
    return now;
  },
});

function placed(lines: readonly number[], known: ReadonlyMap<number, number>, doc: Text): ReadonlyMap<number, number> {
  return new Map(lines.flatMap((line) => (line < 1 || line > doc.lines ? [] : [[line, known.get(line) ?? doc.line(line).from] as const])));
}

/** Where a mark stands in what is scrolled, pixels. */
interface Place {
  readonly line: number;
  readonly top: number;
}

class SentMarks {
  readonly #view: EditorView;
  readonly #words: SentMarkWords;
  readonly #dom = document.createElement("div");
  readonly #buttons = new Map<number, HTMLButtonElement>();

  constructor(view: EditorView, words: SentMarkWords) {
    this.#view = view;
    this.#words = words;
    this.#dom.className = "cm-sentMarks";
    view.scrollDOM.prepend(this.#dom);
    this.#measure();
  }

  update(update: ViewUpdate): void {
    if (update.geometryChanged || update.viewportChanged || update.transactions.length > 0) this.#measure();
  }

  destroy(): void {
    this.#dom.remove();
  }

  #measure(): void {
    this.#view.requestMeasure({
      key: this,
      read: (view) => {
        const gutter = view.scrollDOM.querySelector<HTMLElement>(".cm-errorGutter");
        const { from, to } = view.viewport;
        const { top: contentTop } = view.documentPadding;
        // The sign of an error says more.
        const taken = [...view.scrollDOM.querySelectorAll<HTMLElement>(".cm-errorGutter .cm-errorSign")].flatMap((sign) =>
          // The first one only keeps the gutter's room.
          sign.parentElement?.style.visibility === "hidden" ? [] : (sign.parentElement?.getBoundingClientRect().top ?? []),
        );
        const base = view.documentTop;
        const places = [...view.state.field(linesField)].flatMap(([line, at]): Place[] => {
          if (at < from || at > to) return [];
          const { top } = view.lineBlockAt(at);
          return taken.some((y) => Math.abs(y - base - top) < 2) ? [] : [{ line, top: top + contentTop }];
        });
        const left = gutter === null ? 0 : gutter.getBoundingClientRect().left - view.scrollDOM.getBoundingClientRect().left;
        return { places, left, width: gutter?.offsetWidth ?? 0, height: view.defaultLineHeight };
      },
      write: ({ places, left, width, height }) => {
        this.#dom.style.cssText = `--left: ${left}px; --width: ${width}px; --height: ${height}px`;
        this.#show(places);
      },
    });
  }

  #show(places: readonly Place[]): void {
    const lines = new Set(places.map(({ line }) => line));
    for (const [line, button] of this.#buttons) {
      if (lines.has(line)) continue;
      button.remove();
      this.#buttons.delete(line);
    }
    for (const { line, top } of places) {
      let button = this.#buttons.get(line);
      if (button === undefined) {
        button = document.createElement("button");
        button.type = "button";
        button.className = "cm-sentMark";
        button.dataset["testid"] = "sent-mark";
        button.dataset["line"] = String(line);
        button.textContent = "→";
        // Not one stop for each line: the page's key goes where the cursor is.
        button.tabIndex = -1;
        button.addEventListener("click", () => this.#words.onPressed(line));
        this.#buttons.set(line, button);
        this.#dom.append(button);
      }
      button.style.top = `${top}px`;
      button.title = this.#words.label(line);
      button.setAttribute("aria-label", button.title);
    }
  }
}

const theme = EditorView.baseTheme({
  // As the gutters: it stays where it is when the code is scrolled sideways.
  ".cm-sentMarks": { position: "sticky", left: "0", width: "0", height: "0", zIndex: "201" },
  ".cm-sentMark": {
    position: "absolute",
    left: "var(--left)",
    width: "var(--width)",
    height: "var(--height)",
    minHeight: "0",
    padding: "0",
    border: "0",
    borderRadius: "var(--radius-s)",
    background: "none",
    color: "var(--accent-strong)",
    font: "inherit",
    lineHeight: "var(--height)",
    textAlign: "center",
    overflow: "hidden",
    cursor: "pointer",
  },
  ".cm-sentMark:hover": { background: "var(--accent-wash)" },
});
