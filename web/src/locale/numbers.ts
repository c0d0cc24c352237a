import { perLocale } from "./per-locale.ts";

const format = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));

/** A number as the reader's language writes it: 1,234.5 or 1 234,5. */
export function localNumber(value: number): string {
  return format().format(value);
}
