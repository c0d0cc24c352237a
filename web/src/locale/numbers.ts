import { currentLocale, type Locale } from "./locale.ts";

/** Making one takes longer than many uses of it. */
const formats = new Map<Locale, Intl.NumberFormat>();

/** A number as the reader's language writes it: 1,234.5 or 1 234,5. */
export function localNumber(value: number): string {
  const locale = currentLocale();
  let format = formats.get(locale);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    formats.set(locale, format);
  }
  return format.format(value);
}
