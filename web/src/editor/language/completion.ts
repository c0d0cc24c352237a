import { autocompletion, type Completion, type CompletionContext, completionKeymap, type CompletionResult } from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import type { CompletionItem, LanguageService } from "./service.ts";
import { sourceOf } from "./source.ts";

/** Offers what services know to go on with, while one types and with Ctrl+Space. */
export function completion(services: readonly LanguageService[]): Extension {
  const able = services.filter(({ completion }) => completion !== undefined);
  if (able.length === 0) return [];
  return [
    autocompletion({ override: able.map((service) => (context: CompletionContext) => complete(service, context)), icons: false, defaultKeymap: false }),
    Prec.highest(keymap.of([...completionKeymap])),
  ];
}

async function complete(service: LanguageService, context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w.:]*$/);
  if (!context.explicit && (word === null || word.from === word.to)) return null;
  const controller = new AbortController();
  context.addEventListener("abort", () => controller.abort());
  const found = await service.completion?.(sourceOf(context.state), context.pos, context.explicit, controller.signal).catch(() => undefined);
  if (found === undefined || found.items.length === 0) return null;
  return { from: found.from, options: found.items.map(option), validFor: /^\w*$/ };
}

function option({ label, kind, detail, documentation, insert }: CompletionItem): Completion {
  return {
    label,
    type: kind,
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { info: documentation }),
    ...(insert !== undefined && { apply: insert }),
  };
}
