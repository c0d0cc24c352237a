/** The reader's time zone, with its history: as the engine tells it of dates. Moments are seconds since 1970-01-01 UTC. */

/** Seconds from 1970 that a `Date` reaches, less a day, so that local time is within them too. */
const MOMENT_MOST = 8.64e12 - 86_400;
const SECONDS_PER_DAY = 86_400;
/** Days around a moment in which the clocks are looked at: each half of a year at its quarters, both ways. */
const NEIGHBOURING_DAYS = [91, 182, 273, 365] as const;

/** How far the zone is from UTC at a moment, in seconds; positive in the east. Beyond what a `Date` reaches, as at its end. */
export function zoneOffset(moment: number): number {
  const seconds = Math.floor(Math.min(Math.max(moment, -MOMENT_MOST), MOMENT_MOST));
  const date = new Date(seconds * 1000);
  // `getTimezoneOffset` tells whole minutes, and some zones of the past have seconds.
  const local = new Date(0);
  local.setUTCFullYear(date.getFullYear(), date.getMonth(), date.getDate());
  local.setUTCHours(date.getHours(), date.getMinutes(), date.getSeconds());
  return local.getTime() / 1000 - seconds;
}

/**
 * Whether the zone has daylight saving time at a moment: the clocks are ahead of where they stand at another time in the year
 * before, and in the year after too. A zone that has moved for good is not ahead of what comes.
 */
export function isDaylightSaving(moment: number): boolean {
  const offset = zoneOffset(moment);
  const isAhead = (direction: number): boolean => NEIGHBOURING_DAYS.some((days) => zoneOffset(moment + direction * days * SECONDS_PER_DAY) < offset);
  return isAhead(-1) && isAhead(1);
}

let names: Intl.DateTimeFormat | undefined;

/** The zone's short name at a moment, such as `GMT+3`, `EST` or `UTC`. */
export function zoneName(moment: number): string {
  const at = new Date(Math.min(Math.max(moment, -MOMENT_MOST), MOMENT_MOST) * 1000);
  if (names?.resolvedOptions().timeZone !== new Intl.DateTimeFormat().resolvedOptions().timeZone) {
    names = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" });
  }
  return names.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "UTC";
}
