import { perLocale } from "./per-locale.ts";

const format = perLocale((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }));

/** Below this a whole number looks the same in every language of ours. */
const GROUPED_FROM = 1_000;

/** A number as the reader's language writes it: 1,234.5 or 1 234,5. */
export function localNumber(value: number): string {
  // Most are small, and the browser's own formatter takes 10 ms to make, which nobody should wait for while the page comes up.
  if (Number.isInteger(value) && value >= 0 && value < GROUPED_FROM) return String(value);
  return format().format(value);
}
