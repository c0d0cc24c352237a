import { type Diagnostic as LintDiagnostic, linter, lintKeymap } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";
import type { LanguageService } from "./service.ts";
import { Asking, sourceOf } from "./source.ts";

/** Milliseconds after the last keystroke: long enough that half a word is not called wrong while it is typed. */
const DELAY_MS = 350;

/** Underlines what services find wrong; the message comes with the pointer, or with F8 from one to the next. */
export function diagnostics(services: readonly LanguageService[]): Extension {
  const asking = new Asking();
  return [
    linter(
      async (view: EditorView): Promise<readonly LintDiagnostic[]> => {
        const signal = asking.next();
        const source = sourceOf(view.state);
        const found = await Promise.all(services.map(async (service) => (await service.diagnostics?.(source, signal).catch(() => [])) ?? []));
        if (signal.aborted) return [];
        const { length } = view.state.doc;
        return found.flat().map(({ from, to, severity, message, origin }) => ({
          // The text may have become shorter while the answer was on its way; CodeMirror asks again then.
          from: Math.min(from, length),
          to: Math.min(Math.max(from, to), length),
          severity,
          message,
          source: origin,
        }));
      },
      { delay: DELAY_MS },
    ),
    keymap.of(lintKeymap.filter(({ key }) => key === "F8")),
  ];
}
