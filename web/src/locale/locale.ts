import { configureLocalization, type LocaleModule } from "@lit/localize";
import { persistent } from "../storage/safe-storage.ts";

export type Locale = "en" | "ru";

export const LOCALES: readonly Locale[] = ["en", "ru"];

/** Every language's name in itself. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: "English", ru: "Русский" };

const STORAGE_KEY = "zone-playground:locale";

type RussianSource = () => Promise<LocaleModule>;

let russianSource: RussianSource = () => Promise.reject(new Error("nobody has said where the Russian texts are"));

const { getLocale, setLocale } = configureLocalization({
  sourceLocale: "en",
  targetLocales: ["ru"],
  loadLocale: () => russianSource(),
});

/** Says where the Russian texts come from: the page fetches them, a script of one file holds them. To be called before any other function here. */
export function provideRussian(source: RussianSource): void {
  russianSource = source;
}

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

/** Makes the page speak the reader's language, English where the texts cannot be had. To be awaited before the first component is drawn. */
export async function startLocale(): Promise<void> {
  await speak(preferredLocale(persistent.read(STORAGE_KEY), navigator.languages)).catch(() => speak("en"));
}

/** Changes the language, and remembers it where the browser allows that. Rejects when its texts cannot be had: the page then speaks as before. */
export async function chooseLocale(locale: Locale): Promise<void> {
  persistent.write(STORAGE_KEY, locale);
  await speak(locale);
}

/** Speaks a language without remembering it, and leaves the document alone: it may be somebody else's. Where its texts cannot be had, nothing changes. */
export async function useLocale(locale: Locale): Promise<void> {
  if (locale !== currentLocale()) await change(locale).catch(() => {});
}

/** Lit keeps the failure of a language for ever, so what may fail is done before it is asked. */
async function change(locale: Locale): Promise<void> {
  if (locale === "ru") await russianSource();
  await setLocale(locale);
}

async function speak(locale: Locale): Promise<void> {
  await change(locale);
  document.documentElement.lang = currentLocale();
}
