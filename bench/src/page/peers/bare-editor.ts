import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";

/** CodeMirror with line numbers, undo and the usual keys, and with nothing that looks at the text: no highlighting, no services. */
const source = await (await fetch("/source.luau")).text();
const view = new EditorView({
  parent: document.body,
  state: EditorState.create({
    doc: source,
    extensions: [lineNumbers(), history(), drawSelection(), keymap.of([...defaultKeymap, ...historyKeymap]), EditorView.theme({ "&": { height: "100vh" } })],
  }),
});
view.focus();
