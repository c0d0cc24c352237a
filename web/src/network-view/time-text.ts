import type { CaptureTime } from "@playground/capture";
import { perLocale } from "../locale/per-locale.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const units = perLocale((locale) => {
  const unit = (name: string, digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: digits });
  return {
    parts: unit("millisecond", 1),
    milliseconds: unit("millisecond", 0),
    seconds: unit("second", 1),
    wholeSeconds: unit("second", 0),
    minutes: unit("minute", 0),
    hours: unit("hour", 0),
  };
});

/** A duration in the reader's words, from parts of a millisecond to hours: `0.3 ms`, `12 ms`, `3.2 sec`, `2 min 5 sec`, `1 hr 3 min`. */
export function durationText(milliseconds: number): string {
  const value = Math.max(0, milliseconds);
  const { parts, milliseconds: whole, seconds, wholeSeconds, minutes, hours } = units();
  if (value < 10) return parts.format(value);
  if (value < SECOND - 0.5) return whole.format(value);
  if (value < MINUTE) return seconds.format(value / SECOND);
  if (value < HOUR) return `${minutes.format(Math.floor(value / MINUTE))} ${wholeSeconds.format(Math.floor((value % MINUTE) / SECOND))}`;
  return `${hours.format(Math.floor(value / HOUR))} ${minutes.format(Math.floor((value % HOUR) / MINUTE))}`;
}

const clock = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" }),
);

/** The time of day, to the millisecond. */
export function clockText(at: CaptureTime): string {
  return clock().format(at);
}

const since = perLocale((locale) => new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3, useGrouping: false }));

/** Seconds since the capture began, to the millisecond. */
export function sinceText(at: CaptureTime, origin: CaptureTime): string {
  return since().format(Math.max(0, at - origin) / SECOND);
}
