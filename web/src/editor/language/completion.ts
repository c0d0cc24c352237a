import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
  completionStatus,
  pickedCompletion,
  selectedCompletion,
} from "@codemirror/autocomplete";
import { type EditorState, type Extension, Prec } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";
import { completionClass, completionType, kindElement } from "./completion-kind.ts";
import { prose } from "./prose.ts";
import { topicButton } from "./topic-button.ts";
import type { CompletionItem, CompletionText, LanguageService } from "./service.ts";
import { sourceOf } from "./source.ts";

/** How long Tab leaves the editor after Escape, ms: as long as CodeMirror gives it. */
const LEAVE_MS = 2_000;

/** Offers what services know to go on with, while one types and with Ctrl+Space. */
export function completion(services: readonly LanguageService[]): Extension {
  const able = services.filter(({ completion }) => completion !== undefined);
  if (able.length === 0) return [];
  return [
    autocompletion({
      override: able.map((service) => (context: CompletionContext) => complete(service, context)),
      icons: false,
      optionClass: completionClass,
      addToOptions: [{ render: kindElement, position: 20 }],
      defaultKeymap: false,
    }),
    Prec.highest(keymap.of([{ key: "Escape", run: letTabLeave }, { key: "Tab", run: takeWithTab }, ...completionKeymap])),
  ];
}

/** Escape also takes back a question that nobody sees yet. As nothing is seen to close, the next Tab leaves the editor all the same. */
function letTabLeave(view: EditorView): boolean {
  if (completionStatus(view.state) === "pending") view.setTabFocusMode(LEAVE_MS);
  return false;
}

/**
 * Takes the chosen completion, as Enter does. A list that has come up so recently that nobody can have seen it takes
 * nothing; Tab then does nothing either, since it was pressed for the list.
 */
function takeWithTab(view: EditorView): boolean {
  return acceptCompletion(view) || selectedCompletion(view.state) !== null;
}

async function complete(service: LanguageService, context: CompletionContext): Promise<CompletionResult | null> {
  // Pattern bound: CodeMirror looks at the 250 characters before the cursor.
  const word = context.matchBefore(/[\w.:/"'-]*$/);
  if (!context.explicit && (word === null || word.from === word.to)) return null;
  const controller = new AbortController();
  context.addEventListener("abort", () => controller.abort());
  const found = await service.completion?.(sourceOf(context.state), context.pos, context.explicit, controller.signal).catch(() => undefined);
  if (found === undefined || found.items.length === 0) return null;
  return { from: found.from, options: found.items.map((item) => option(item, context.state)), validFor: /^\w+$/ };
}

/** What fits the place comes first, what should not be used any more last. */
const FITS_BOOST = 10;
const DEPRECATED_BOOST = -50;

function option(item: CompletionItem, state: EditorState): Completion {
  const { label, kind, detail, documentation, insert, brackets, deprecated = false, fits = false } = item;
  return {
    // What is typed is compared with what would be inserted, such as the whole path of a file.
    label: insert ?? label,
    ...(insert !== undefined && { displayLabel: label }),
    type: completionType(kind, deprecated),
    boost: deprecated ? DEPRECATED_BOOST : fits ? FITS_BOOST : 0,
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { info: async () => infoElement(await documentation(), state) }),
    apply: (view, completion, from, to) => put(view, completion, from, to, insert ?? label, brackets),
  };
}

/** Shown beside the list. What leads on to the reference fires `open-reference` with the topic. */
function infoElement(found: CompletionText | undefined, state: EditorState): HTMLElement | null {
  if (found === undefined) return null;
  const element = document.createElement("div");
  element.append(...prose(found.text), topicButton(found.topic, state));
  return element;
}

/** Inserts a choice, with brackets where it is to be called and none stand there yet. */
function put(view: EditorView, completion: Completion, from: number, to: number, text: string, brackets: CompletionItem["brackets"]): void {
  const isCalled = view.state.sliceDoc(to, to + 1) === "(";
  const inserted = brackets === undefined || isCalled ? text : `${text}()`;
  const cursor = from + inserted.length - (inserted !== text && brackets === "inside" ? 1 : 0);
  view.dispatch({
    changes: { from, to, insert: inserted },
    selection: { anchor: cursor },
    annotations: pickedCompletion.of(completion),
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}
