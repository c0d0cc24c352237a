import { type Extension, type Range, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, gutter, GutterMarker, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view";

/** A line, counted from 1, and what went wrong in it. */
export interface ErrorMark {
  readonly line: number;
  readonly message: string;
  /** What it means and what to do, in the reader's language. */
  readonly help?: string;
}

/** Replaces the marks of the text. */
export const setErrorMarks = StateEffect.define<readonly ErrorMark[]>();

/** Lines at fault: marked in the gutter and by their ground, with the message below. An edit takes the marks away. */
export function errorMarks(): Extension {
  return [
    marksField,
    codeWidth,
    gutter({
      class: "cm-errorGutter",
      markers: (view) => view.state.field(marksField).gutter,
      initialSpacer: () => sign,
    }),
  ];
}

interface Marks {
  readonly lines: DecorationSet;
  readonly gutter: RangeSet<GutterMarker>;
}

const NONE: Marks = { lines: Decoration.none, gutter: RangeSet.empty };

class MessageWidget extends WidgetType {
  readonly #mark: ErrorMark;

  constructor(mark: ErrorMark) {
    super();
    this.#mark = mark;
  }

  override eq(other: MessageWidget): boolean {
    return other.#mark.message === this.#mark.message && other.#mark.help === this.#mark.help;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement("div");
    element.className = "cm-errorMessage";
    element.dataset["testid"] = "line-error";
    const words = document.createElement("div");
    words.textContent = this.#mark.message;
    if (this.#mark.help !== undefined) {
      const help = document.createElement("p");
      help.textContent = this.#mark.help;
      words.append(help);
    }
    element.append(words);
    return element;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

/** What `messages-height` tells of, which bubbles from an editor: pixels that the messages between the lines take. */
export type MessagesHeightEvent = CustomEvent<number>;

/**
 * Tells the style how much of the code can be seen at a time, and what lies left of it. A block among the lines is as
 * wide as the longest of them: a message that filled it would have to be scrolled to be read. Fires `messages-height`
 * when that has changed.
 */
const codeWidth = ViewPlugin.fromClass(
  class {
    readonly #view: EditorView;
    #height = 0;

    constructor(view: EditorView) {
      this.#view = view;
      this.#measure();
    }

    update(update: ViewUpdate): void {
      if (update.geometryChanged) this.#measure();
    }

    #measure(): void {
      this.#view.requestMeasure({
        key: this,
        read: ({ contentDOM, scrollDOM }) => ({
          gutters: contentDOM.offsetLeft,
          width: scrollDOM.clientWidth - contentDOM.offsetLeft,
          height: [...contentDOM.querySelectorAll<HTMLElement>(".cm-errorMessage")].reduce((sum, { offsetHeight }) => sum + offsetHeight, 0),
        }),
        write: ({ gutters, width, height }, { dom, scrollDOM: { style } }) => {
          style.setProperty("--gutters-width", `${gutters}px`);
          style.setProperty("--code-width", `${width}px`);
          if (height === this.#height) return;
          this.#height = height;
          dom.dispatchEvent(new CustomEvent("messages-height", { bubbles: true, detail: height }) satisfies MessagesHeightEvent);
        },
      });
    }
  },
);

class SignMarker extends GutterMarker {
  override toDOM(view: EditorView): Node {
    const element = document.createElement("span");
    element.className = "cm-errorSign";
    element.textContent = "▲";
    element.title = view.state.phrase("Error in this line");
    return element;
  }
}

const sign = new SignMarker();

const marksField = StateField.define<Marks>({
  create: () => NONE,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setErrorMarks)) return build(effect.value, transaction.state.doc);
    }
    return transaction.docChanged ? NONE : marks;
  },
  provide: (field) => EditorView.decorations.from(field, (marks) => marks.lines),
});

function build(marks: readonly ErrorMark[], doc: { readonly lines: number; line(number: number): { from: number; to: number } }): Marks {
  const lines: Range<Decoration>[] = [];
  const gutterMarks = new Map<number, Range<GutterMarker>>();
  for (const mark of marks) {
    // The text may have become shorter than when the program was started.
    const { from, to } = doc.line(Math.min(Math.max(mark.line, 1), doc.lines));
    lines.push(Decoration.line({ class: "cm-errorLine" }).range(from));
    lines.push(Decoration.widget({ widget: new MessageWidget(mark), block: true, side: 1 }).range(to));
    gutterMarks.set(from, sign.range(from));
  }
  return { lines: Decoration.set(lines, true), gutter: RangeSet.of([...gutterMarks.values()], true) };
}
