import type { LocaleModule } from "@lit/localize";

/** The Russian texts that are here: those of a part of the page come with it. Lit looks each up when it is said. */
const templates: Record<string, LocaleModule["templates"][string]> = {};

/** Adds Russian texts. A part of the page that alone needs some calls this when it comes, so that none of them is waited for before. */
export function addRussianTexts(texts: LocaleModule["templates"]): LocaleModule {
  return { templates: Object.assign(templates, texts) };
}
