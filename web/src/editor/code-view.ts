import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, codeFolding, foldable, foldEffect, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorSelection, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, rectangularSelection,
} from "@codemirror/view";
import { codeHighlighting, codeTheme } from "./code-theme.ts";
import { type ErrorMark, errorMarks, setErrorMarks } from "./error-marks.ts";
import { indentFolding } from "./indent-folding.ts";
import { luau } from "./luau/language.ts";

/** Columns of a tab stop; indentation is made of tabs, as Luau's own style guide has it. */
const TAB_COLUMNS = 4;

export interface CodeViewOptions {
  /** The shadow root that the editor lives in. */
  readonly root: ShadowRoot;
  readonly phrases: Readonly<Record<string, string>>;
  /** What screen readers call the editor of a file. */
  readonly label: (file: string) => string;
  readonly onEdit: (file: string, source: string) => void;
  /** What this editor has beyond the others. */
  readonly extensions?: Extension;
}

/** The editor: one view, and for each file a state of its own with its history, selection and marks. */
export class CodeView {
  readonly #view: EditorView;
  readonly #options: CodeViewOptions;
  readonly #states = new Map<string, EditorState>();
  readonly #scroll = new Map<string, ReturnType<EditorView["scrollSnapshot"]>>();
  readonly #words = new Compartment();
  #phrases: Readonly<Record<string, string>>;
  #file = "";
  /** The text of the shown file as the project has it, to tell cheaply whether it has changed there. */
  #source = "";
  #marks = "";
  /** Set while a change comes from the project and not from the reader. */
  #following = false;

  constructor(parent: HTMLElement, options: CodeViewOptions) {
    this.#options = options;
    this.#phrases = options.phrases;
    this.#view = new EditorView({ parent, root: options.root, state: EditorState.create() });
  }

  /** Shows a file, as it was left when it was shown before. A source that differs replaces the text. */
  show(file: string, source: string): void {
    if (file !== this.#file) {
      if (this.#file !== "") {
        this.#states.set(this.#file, this.#view.state);
        this.#scroll.set(this.#file, this.#view.scrollSnapshot());
      }
      this.#file = file;
      this.#marks = "";
      const state = this.#states.get(file) ?? this.#newState(source);
      this.#source = state.doc.toString();
      this.#view.setState(state);
      this.#view.dispatch({ effects: [this.#words.reconfigure(this.#wording()), ...this.#scrollOf(file)] });
    }
    if (source === this.#source) return;
    this.#source = source;
    const { doc } = this.#view.state;
    this.#following = true;
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: source } });
    this.#following = false;
  }

  /** Forgets the states of files that are no more. */
  keepOnly(files: readonly string[]): void {
    for (const file of this.#states.keys()) if (!files.includes(file)) this.#states.delete(file);
  }

  /** Marks lines of the shown file as being at fault. */
  mark(marks: readonly ErrorMark[]): void {
    const now = JSON.stringify(marks);
    if (now === this.#marks) return;
    this.#marks = now;
    this.#view.dispatch({ effects: setErrorMarks.of(marks) });
  }

  /** Puts the cursor at the beginning of a line, counted from 1, in the middle of the screen. */
  goTo(line: number): void {
    const { doc } = this.#view.state;
    const { from, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const at = from + (/^\s*/.exec(text)?.[0].length ?? 0);
    this.#view.dispatch({ selection: EditorSelection.cursor(at), effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.focus();
  }

  focus(): void {
    this.#view.focus();
  }

  /** Folds what can be folded at these lines, counted from 1. */
  foldAt(lines: readonly number[]): void {
    const { state } = this.#view;
    const ranges = lines.flatMap((number) => {
      const line = state.doc.line(number);
      return foldable(state, line.from, line.to) ?? [];
    });
    this.#view.dispatch({ effects: ranges.map((range) => foldEffect.of(range)) });
  }

  translate(phrases: Readonly<Record<string, string>>): void {
    this.#phrases = phrases;
    this.#view.dispatch({ effects: this.#words.reconfigure(this.#wording()) });
  }

  #scrollOf(file: string): ReturnType<EditorView["scrollSnapshot"]>[] {
    const snapshot = this.#scroll.get(file);
    return snapshot === undefined ? [] : [snapshot];
  }

  #wording(): Extension {
    const { label } = this.#options;
    return [
      EditorState.phrases.of(this.#phrases),
      EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label(this.#file), "aria-describedby": "editor-help" }),
    ];
  }

  #newState(source: string): EditorState {
    return EditorState.create({
      doc: source,
      extensions: [
        this.#words.of([]),
        this.#options.extensions ?? [],
        lineNumbers(),
        highlightActiveLineGutter(),
        errorMarks(),
        codeFolding({ placeholderText: "…" }),
        foldGutter(),
        indentFolding,
        highlightSpecialChars(),
        history(),
        drawSelection(),
        EditorState.allowMultipleSelections.of(true),
        EditorState.tabSize.of(TAB_COLUMNS),
        indentUnit.of("\t"),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        rectangularSelection(),
        highlightActiveLine(),
        luau(),
        syntaxHighlighting(codeHighlighting),
        codeTheme,
        keymap.of([
          // Ctrl/Cmd+Enter belongs to the page, which runs the program.
          { key: "Mod-Enter", run: () => false },
          ...closeBracketsKeymap,
          ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
          ...historyKeymap,
          ...foldKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || this.#following) return;
          this.#source = update.state.doc.toString();
          this.#options.onEdit(this.#file, this.#source);
        }),
      ],
    });
  }
}
