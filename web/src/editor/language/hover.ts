import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip } from "@codemirror/view";
import { codeElement, prose } from "./prose.ts";
import { topicButton } from "./topic-button.ts";
import type { Hover, LanguageService } from "./service.ts";
import { Asking, sourceOf } from "./source.ts";

/** Shows what services know of the name below the pointer. What leads on to the reference fires `open-reference` with the topic. */
export function hover(services: readonly LanguageService[]): Extension {
  const able = services.filter(({ hover }) => hover !== undefined);
  if (able.length === 0) return [];
  const asking = new Asking();
  return hoverTooltip(async (view, offset) => {
    const signal = asking.next();
    const source = sourceOf(view.state);
    const answers = await Promise.all(able.map(async (service) => service.hover?.(source, offset, signal).catch(() => undefined)));
    const found = answers.find((answer) => answer !== undefined);
    if (found === undefined || signal.aborted || found.to > view.state.doc.length) return null;
    return { pos: found.from, end: found.to, above: true, create: () => ({ dom: hoverElement(found, view) }) };
  });
}

function hoverElement({ code, documentation, topic }: Hover, { state }: EditorView): HTMLElement {
  const element = document.createElement("div");
  element.className = "cm-hover";
  element.append(codeElement(code));
  if (documentation !== undefined) element.append(...prose(documentation));
  if (topic !== undefined) element.append(topicButton(topic, state));
  return element;
}
