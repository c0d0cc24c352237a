import { perLocale } from "../locale/per-locale.ts";

const KILO = 1e3;
const MEGA = 1e6;

const units = perLocale((locale) => {
  const unit = (name: string, unitDisplay: "long" | "short" | "narrow", digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay, maximumFractionDigits: digits });
  return {
    long: unit("byte", "long", 0),
    bytes: unit("byte", locale === "en" ? "narrow" : "short", 0),
    kilobytes: unit("kilobyte", "short", 1),
    megabytes: unit("megabyte", "short", 1),
  };
});

/** So many bytes in words: `1 byte`, `12 bytes`; `2 байта`. */
export function bytesText(count: number): string {
  return units().long.format(count);
}

/** A size as short as it goes, in the unit that suits it, by thousands: `12B`, `1.5 kB`. */
export function shortSize(count: number): string {
  const { bytes, kilobytes, megabytes } = units();
  if (count < KILO) return bytes.format(count);
  return count < MEGA ? kilobytes.format(count / KILO) : megabytes.format(count / MEGA);
}
