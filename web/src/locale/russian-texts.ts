import type { LocaleModule } from "@lit/localize";

type Texts = LocaleModule["templates"];

/** Texts that came by themselves, with the part of the page that says them. */
const late: Record<string, Texts[string]> = {};
let templates: Texts | undefined;

/** Adds Russian texts that only one part of the page needs: that part calls this when it comes, so that none of them is waited for before. */
export function addRussianTexts(texts: Texts): void {
  Object.assign(late, texts);
  if (templates !== undefined) Object.assign(templates, texts);
}

/** The Russian texts with those that were added, and will be. */
export function withRussianTexts(texts: Texts): LocaleModule {
  templates ??= { ...texts, ...late };
  return { templates };
}
