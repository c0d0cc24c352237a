import { currentLocale } from "./locale.ts";

/** A number as the reader's language writes it: 1,234.5 or 1 234,5. */
export function localNumber(value: number): string {
  return new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 1 }).format(value);
}
