import type { Locale } from "../locale/locale.ts";
import type { ReferenceContent } from "./content.ts";

const CONTENTS: Readonly<Record<Locale, () => Promise<{ readonly default: ReferenceContent }>>> = {
  en: () => import("virtual:content/reference-en"),
  ru: () => import("virtual:content/reference-ru"),
};

/** Fetches the reference in a language. Rejects when it cannot be had; the next call tries again. */
export async function loadReference(locale: Locale): Promise<ReferenceContent> {
  return (await CONTENTS[locale]()).default;
}
