import { foldService } from "@codemirror/language";
import { EditorState, type Extension, type Range, StateField, type Text, Transaction } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { findRegions, type Region } from "./regions.ts";

/** Keeps hidden regions out of sight and out of reach of the reader's edits, and lets folded ones be folded again. */
export function regionExtension(readOnly: boolean): Extension {
  return [
    EditorState.readOnly.of(readOnly),
    hiddenField,
    foldedField,
    EditorView.atomicRanges.of((view) => view.state.field(hiddenField)),
    EditorState.changeFilter.of((transaction) => {
      // Only what the reader does is held back; the project may replace the whole text.
      if (transaction.annotation(Transaction.userEvent) === undefined) return true;
      const { doc } = transaction.startState;
      const fixed = hiddenIn(doc).flatMap((region) => {
        const { from, to } = extent(doc, region);
        // With the line breaks around it: a mark that is joined to another line would be none.
        return [Math.max(0, from - 1), Math.min(doc.length, to + 1)];
      });
      return fixed.length === 0 ? true : fixed;
    }),
    foldService.of((state, lineStart) => {
      const line = state.doc.lineAt(lineStart);
      const region = state.field(foldedField).get(line.number);
      return region === undefined ? null : { from: line.to, to: state.doc.line(region.to).to };
    }),
  ];
}

const hiddenField = StateField.define<DecorationSet>({
  create: (state) => decorations(state.doc),
  update: (value, { docChanged, newDoc }) => (docChanged ? decorations(newDoc) : value),
  provide: (field) => EditorView.decorations.from(field),
});

/** Folded regions by their first line: every line in sight asks for its own. */
const foldedField = StateField.define<ReadonlyMap<number, Region>>({
  create: (state) => foldedIn(state.doc),
  update: (value, { docChanged, newDoc }) => (docChanged ? foldedIn(newDoc) : value),
});

function foldedIn(doc: Text): Map<number, Region> {
  return new Map(
    findRegions(doc.toString())
      .filter(({ kind }) => kind === "folded")
      .map((region) => [region.from, region]),
  );
}

function decorations(doc: Text): DecorationSet {
  return Decoration.set(
    hiddenIn(doc).map((region): Range<Decoration> => {
      const { from, to } = extent(doc, region);
      return Decoration.replace({ block: true }).range(from, to);
    }),
  );
}

function hiddenIn(doc: Text): Region[] {
  return findRegions(doc.toString()).filter(({ kind }) => kind === "hidden");
}

function extent(doc: Text, region: Region): { from: number; to: number } {
  return { from: doc.line(region.from).from, to: doc.line(region.to).to };
}
