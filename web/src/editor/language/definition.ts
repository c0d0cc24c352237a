import type { Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { LanguageService, Place } from "./service.ts";
import { Asking, sourceOf } from "./source.ts";

/** Goes to where a name is declared: with `key`, or with Control or Command held and a click. */
export function definition(key: string, services: readonly LanguageService[], open: (place: Place) => void): Extension {
  const able = services.filter(({ definition }) => definition !== undefined);
  if (able.length === 0) return [];
  const asking = new Asking();
  const go = (view: EditorView, offset: number): boolean => {
    const signal = asking.next();
    const source = sourceOf(view.state);
    void Promise.all(able.map(async (service) => service.definition?.(source, offset, signal).catch(() => undefined))).then((answers) => {
      const found = answers.find((answer) => answer !== undefined);
      if (found !== undefined && !signal.aborted) open(found);
    });
    return true;
  };
  return [
    keymap.of([{ key, run: (view) => go(view, view.state.selection.main.head) }]),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        if (event.button !== 0 || !(event.ctrlKey || event.metaKey) || event.altKey) return false;
        const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (offset === null) return false;
        event.preventDefault();
        return go(view, offset);
      },
    }),
  ];
}
