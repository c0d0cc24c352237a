import { configureLocalization } from "@lit/localize";
import { persistent } from "../storage/safe-storage.ts";
import * as russian from "./ru.ts";

export type Locale = "en" | "ru";

export const LOCALES: readonly Locale[] = ["en", "ru"];

/** Every language's name in itself. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: "English", ru: "Русский" };

const STORAGE_KEY = "zone-playground:locale";

const { getLocale, setLocale } = configureLocalization({
  sourceLocale: "en",
  targetLocales: ["ru"],
  // Part of the page, and not fetched: the language can be changed while the bridge, which serves the page, is away.
  loadLocale: () => Promise.resolve(russian),
});

/** The language that the page speaks now. */
export function currentLocale(): Locale {
  return getLocale() as Locale;
}

/** The language that comes after the present one when one goes through them. */
export function nextLocale(): Locale {
  return LOCALES[(LOCALES.indexOf(currentLocale()) + 1) % LOCALES.length] ?? "en";
}

/** The language to begin with: what the reader chose last, else the first of the browser's that we speak. */
export function preferredLocale(saved: string | undefined, languages: readonly string[]): Locale {
  for (const tag of [saved, ...languages]) {
    const language = tag?.toLowerCase().split("-")[0];
    const locale = LOCALES.find((candidate) => candidate === language);
    if (locale !== undefined) return locale;
  }
  return "en";
}

/** Makes the page speak the reader's language. To be awaited before the first component is drawn. */
export async function startLocale(): Promise<void> {
  await speak(preferredLocale(persistent.read(STORAGE_KEY), navigator.languages));
}

/** Changes the language at once, and remembers it where the browser allows that. */
export async function chooseLocale(locale: Locale): Promise<void> {
  persistent.write(STORAGE_KEY, locale);
  await speak(locale);
}

/** Speaks a language without remembering it, and leaves the document alone: it may be somebody else's. */
export async function useLocale(locale: Locale): Promise<void> {
  if (locale !== currentLocale()) await setLocale(locale);
}

async function speak(locale: Locale): Promise<void> {
  await setLocale(locale);
  document.documentElement.lang = currentLocale();
}
