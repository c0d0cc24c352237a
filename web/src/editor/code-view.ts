import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory, toggleComment } from "@codemirror/commands";
import {
  bracketMatching,
  codeFolding,
  foldable,
  foldEffect,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { nextDiagnostic } from "@codemirror/lint";
import { Compartment, EditorSelection, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
  tooltips,
} from "@codemirror/view";
import { codeHighlighting, codeTheme } from "./code-theme.ts";
import { DEFINITION_KEY, FIND_KEY, FORMAT_KEY, REFERENCES_KEY, RENAME_KEY } from "./editor-keys.ts";
import { type ErrorMark, errorMarks, setErrorMarks } from "./error-marks.ts";
import { indentFolding } from "./indent-folding.ts";
import { definition } from "./language/definition.ts";
import { askAgain, diagnostics } from "./language/diagnostics.ts";
import { hover } from "./language/hover.ts";
import { inlayHints } from "./language/inlay-hints.ts";
import type { LanguageService, Place } from "./language/service.ts";
import { sourceFile } from "./language/source.ts";
import type { SentMarkWords } from "./sent-marks.ts";
import { luau } from "./luau/language.ts";
import type { TextChange } from "./luau/source/layout-changes.ts";

/** Columns of a tab stop; indentation is made of tabs, as Luau's own style guide has it. */
const TAB_COLUMNS = 4;

/** No line is marked, as `#marks` has it. */
const NO_MARKS = "[]";

const NO_LINES: readonly number[] = [];

const NO_EXTENSION: Extension = [];

export interface CodeViewOptions {
  /** The shadow root that the editor lives in. */
  readonly root: ShadowRoot;
  readonly phrases: Readonly<Record<string, string>>;
  /** What screen readers call the editor of a file. */
  readonly label: (file: string) => string;
  readonly onEdit: (file: string, source: string) => void;
  /** What this editor has beyond the others. */
  readonly extensions?: Extension;
  /** Whom to ask about the code. */
  readonly services: readonly LanguageService[];
  /** All files of the project, for services. */
  readonly files: () => ReadonlyMap<string, string>;
  /** Shows a place in this or another file. */
  readonly onOpen: (place: Place) => void;
  /** What is needed to type, which may have to be fetched. `isAsked`: the reader has asked for it, and is told where it cannot be had; otherwise nobody is. */
  readonly typing: (isAsked: boolean) => Promise<typeof import("./typing.ts") | undefined>;
  /** The keys for these were pressed. */
  readonly onFormat: () => void;
  readonly onRename: () => void;
  readonly onReferences: () => void;
}

/** The editor: one view, and for each file a state of its own with its history, selection and marks. */
export class CodeView {
  readonly #view: EditorView;
  readonly #options: CodeViewOptions;
  readonly #states = new Map<string, EditorState>();
  readonly #scroll = new Map<string, ReturnType<EditorView["scrollSnapshot"]>>();
  readonly #words = new Compartment();
  readonly #hints = new Compartment();
  /** What is needed to type, once it is there. */
  readonly #typing = new Compartment();
  #typingExtension: Extension = [];
  #typingLoaded: Promise<typeof import("./typing.ts") | undefined> | undefined;
  #hasHints = false;
  /** What marks lines that have sent bytes, once there is one. */
  readonly #sent = new Compartment();
  #sentExtension = NO_EXTENSION;
  #sentLines = NO_LINES;
  #phrases: Readonly<Record<string, string>>;
  #file = "";
  /** The text of the shown file as the project has it, to tell cheaply whether it has changed there. */
  #source = "";
  #marks = NO_MARKS;
  /** Set while a change comes from the project and not from the reader. */
  #following = false;

  /** `first` is shown at once, where it is known: an empty file before it would be laid out for nothing. */
  constructor(parent: HTMLElement, options: CodeViewOptions, first?: { readonly file: string; readonly source: string }) {
    this.#options = options;
    this.#phrases = options.phrases;
    this.#file = first?.file ?? "";
    const state = first === undefined ? EditorState.create() : this.#newState(first.source);
    this.#source = state.doc.toString();
    this.#view = new EditorView({ parent, root: options.root, state });
  }

  /** Shows a file, as it was left when it was shown before. A source that differs replaces the text. */
  show(file: string, source: string): void {
    if (file !== this.#file) {
      if (this.#file !== "") {
        this.#states.set(this.#file, this.#view.state);
        this.#scroll.set(this.#file, this.#view.scrollSnapshot());
      }
      this.#file = file;
      const kept = this.#states.get(file);
      // Those of a state that was kept may be others by now.
      this.#marks = kept === undefined ? NO_MARKS : "";
      const state = kept ?? this.#newState(source);
      this.#source = state.doc.toString();
      this.#view.setState(state);
      if (kept !== undefined)
        this.#view.dispatch({
          effects: [
            this.#words.reconfigure(this.#wording()),
            this.#typing.reconfigure(this.#typingExtension),
            this.#sent.reconfigure(this.#sentExtension),
            ...this.#scrollOf(file),
          ],
        });
      this.#sentLines = NO_LINES;
    }
    if (source === this.#source) return;
    this.#source = source;
    const { doc } = this.#view.state;
    this.#following = true;
    // However soon it comes after the reader's own change, undo takes back this one alone.
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: source }, annotations: isolateHistory.of("full") });
    this.#following = false;
  }

  /** Takes the editor out of the page, for good. */
  destroy(): void {
    this.#view.destroy();
  }

  /** Forgets the states of files that are no more. */
  keepOnly(files: readonly string[]): void {
    for (const file of this.#states.keys()) if (!files.includes(file)) this.#states.delete(file);
  }

  /** Forgets every file: another project is shown next, whose files may have the same names. */
  forgetAll(): void {
    this.#states.clear();
    this.#scroll.clear();
    this.#file = "";
  }

  /** Marks lines of the shown file as being at fault. */
  mark(marks: readonly ErrorMark[]): void {
    const now = JSON.stringify(marks);
    if (now === this.#marks) return;
    this.#marks = now;
    this.#view.dispatch({ effects: setErrorMarks.of(marks) });
  }

  /** Marks lines of the shown file as having sent bytes. */
  markSent({ sentMarks, setSentLines }: typeof import("./sent-marks.ts"), words: SentMarkWords, lines: readonly number[] = NO_LINES): void {
    if (this.#sentExtension === NO_EXTENSION) {
      this.#sentExtension = sentMarks(words);
      this.#view.dispatch({ effects: this.#sent.reconfigure(this.#sentExtension) });
    }
    if (lines === this.#sentLines) return;
    this.#sentLines = lines;
    this.#view.dispatch({ effects: setSentLines.of(lines) });
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

  /** Takes the heights of the lines now: CodeMirror does so with the next picture, and draws the one before with a guess. */
  measure(): void {
    this.#view.coordsAtPos(0);
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

  /** The text and the cursor, for what works on the whole of it. */
  get text(): string {
    return this.#view.state.doc.toString();
  }

  get cursor(): number {
    return this.#view.state.selection.main.head;
  }

  /** Makes changes as one step of the history, if the text is still the one that they were made for. */
  change(text: string, changes: readonly TextChange[]): boolean {
    const { doc } = this.#view.state;
    if (doc.toString() !== text) return false;
    this.#view.dispatch({ changes: [...changes], annotations: isolateHistory.of("full"), userEvent: "input.rewrite" });
    return true;
  }

  /** Puts the cursor at an offset. */
  select(offset: number): void {
    const at = Math.min(offset, this.#view.state.doc.length);
    this.#view.dispatch({ selection: EditorSelection.cursor(at), effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.focus();
  }

  /** Opens the search, once it is there. */
  async find(): Promise<void> {
    const loaded = await this.#loadTyping(true);
    if (loaded !== undefined) loaded.openSearchPanel(this.#view);
  }

  /** Fetches what is needed to type, once; where it cannot be had, the next wish tries again. */
  #loadTyping(isAsked: boolean): Promise<typeof import("./typing.ts") | undefined> {
    this.#typingLoaded ??= this.#options.typing(isAsked).then((loaded) => {
      if (loaded === undefined) {
        this.#typingLoaded = undefined;
        return undefined;
      }
      this.#typingExtension = loaded.typing(this.#options.services);
      this.#view.dispatch({ effects: this.#typing.reconfigure(this.#typingExtension) });
      return loaded;
    });
    return this.#typingLoaded;
  }

  toggleComment(): void {
    toggleComment(this.#view);
    this.focus();
  }

  nextFault(): void {
    nextDiagnostic(this.#view);
    this.focus();
  }

  /** Services may have other answers about the same text now. */
  askAgain(): void {
    this.#view.dispatch({ effects: askAgain.of(null) });
  }

  /** Whether types are shown between the letters. */
  showHints(hasHints: boolean): void {
    this.#hasHints = hasHints;
    this.#view.dispatch({ effects: this.#hints.reconfigure(hasHints ? inlayHints(this.#options.services) : []) });
  }

  translate(phrases: Readonly<Record<string, string>>): void {
    this.#phrases = phrases;
    // What services say is in the reader's language too.
    this.#view.dispatch({ effects: [this.#words.reconfigure(this.#wording()), askAgain.of(null)] });
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

  /** A state of the file that is shown, with this text. */
  #newState(source: string): EditorState {
    return EditorState.create({
      doc: source,
      extensions: [
        this.#words.of(this.#wording()),
        this.#options.extensions ?? [],
        lineNumbers(),
        highlightActiveLineGutter(),
        errorMarks(),
        codeFolding({ placeholderText: "…" }),
        foldGutter(),
        indentFolding,
        // Marks that turn the reading order and that are not among the editor's own.
        highlightSpecialChars({ addSpecialChars: /[\u202a-\u202c\u2068]/u }),
        history(),
        drawSelection(),
        EditorState.allowMultipleSelections.of(true),
        EditorState.tabSize.of(TAB_COLUMNS),
        indentUnit.of("\t"),
        indentOnInput(),
        bracketMatching(),
        rectangularSelection(),
        highlightActiveLine(),
        luau(),
        syntaxHighlighting(codeHighlighting),
        codeTheme,
        tooltips({ tooltipSpace: belowTop }),
        sourceFile.of({ file: this.#file, files: this.#options.files }),
        diagnostics(this.#options.services),
        this.#typing.of(this.#typingExtension),
        EditorView.domEventHandlers({ focus: () => void this.#loadTyping(false) }),
        hover(this.#options.services),
        this.#sent.of(this.#sentExtension),
        this.#hints.of(this.#hasHints ? inlayHints(this.#options.services) : []),
        definition(DEFINITION_KEY, this.#options.services, this.#options.onOpen),
        keymap.of([
          { key: FORMAT_KEY, run: () => (this.#options.onFormat(), true) },
          { key: REFERENCES_KEY, run: () => (this.#options.onReferences(), true) },
          { key: RENAME_KEY, run: () => (this.#options.onRename(), true) },
          // Ctrl/Cmd+Enter belongs to the page, which runs the program.
          { key: "Mod-Enter", run: () => false },
          ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
          ...historyKeymap,
          ...foldKeymap,
          // The others of the search come with it.
          { key: FIND_KEY, run: () => (void this.find(), true) },
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

/** Where tooltips may be: anywhere but above the editor, where they would lie over what one clicks on, such as the tabs. */
function belowTop(view: EditorView): { left: number; top: number; right: number; bottom: number } {
  return { left: 0, top: Math.max(0, view.dom.getBoundingClientRect().top), right: innerWidth, bottom: innerHeight };
}
