import { currentLocale, type Locale } from "./locale.ts";

/** Something that is made once for each language: a format takes longer to make than many uses of it. Gives that of the page's present one. */
export function perLocale<T>(make: (locale: Locale) => T): () => T {
  const made = new Map<Locale, T>();
  return () => {
    const locale = currentLocale();
    let one = made.get(locale);
    if (one === undefined) {
      one = make(locale);
      made.set(locale, one);
    }
    return one;
  };
}
