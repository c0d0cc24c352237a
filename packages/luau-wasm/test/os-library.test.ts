import { afterEach, describe, expect, test } from "vitest";
import { failure, newState, results } from "./harness.ts";

const HOME = process.env.TZ;

afterEach(() => {
  if (HOME === undefined) delete process.env.TZ;
  else process.env.TZ = HOME;
});

/** What a script is told in a time zone. */
function inZone(zone: string, expression: string): unknown {
  process.env.TZ = zone;
  return results(newState(), `return ${expression}`)[0];
}

describe("os.time takes UTC, in every zone", () => {
  // As in Luau's own tests, tests/conformance/datetime.luau.
  test.each([
    ["year = 1969, month = 12, day = 31, hour = 23, min = 59, sec = 59", undefined],
    ["year = 1970, month = 1, day = 1, hour = 0, min = 0, sec = 0", 0],
    ["year = 3000, month = 12, day = 31, hour = 23, min = 59, sec = 59", 32_535_215_999],
    ["year = 1970, month = 1, day = 1, hour = 0, min = 0, sec = -1", undefined],
    ["year = 2000, month = 6, day = 10, hour = 0", 960_595_200],
    ["year = 2000, month = 6, day = 10, hour = 0, sec = -86400", 960_508_800],
    ["year = 2000, month = 6, day = 10, hour = 0, sec = 86400", 960_681_600],
    ["year = 2000, month = 6, day = 10, hour = 0, min = -600", 960_559_200],
    ["year = 2000, month = 6, day = 10, hour = -600", 958_435_200],
    ["year = 2000, month = 6, day = 10, hour = 600", 962_755_200],
    ["year = 2000, month = 6, day = -100, hour = 0", 951_091_200],
    ["year = 2000, month = 6, day = 1000, hour = 0", 1_046_131_200],
    ["year = 2000, month = -60, day = 10, hour = 0", 787_017_600],
    ["year = 2000, month = 60, day = 10, hour = 0", 1_102_636_800],
    ["year = 2000, month = 6, day = 10, hour = 0, sec = -86400000", 874_195_200],
    ["year = 2100, month = 6, day = 10, hour = -600000", 1_956_268_800],
    ["year = 2100, month = 6, day = 10, hour = 600000", 6_276_268_800],
    ["year = 2100, month = 6, day = -10000, hour = 0", 3_251_404_800],
    ["year = 2100, month = 6, day = 100000, hour = 0", 12_755_404_800],
    ["year = 2100, month = -600, day = 10, hour = 0", 2_522_707_200],
    ["year = 2100, month = 600, day = 10, hour = 0", 5_678_380_800],
    // Beyond 32 bits, and what is left out.
    ["year = 2038, month = 1, day = 19, hour = 3, min = 14, sec = 8", 2 ** 31],
    ["year = 2040, month = 1, day = 1", 2_209_032_000],
    ["year = 2106, month = 2, day = 7, hour = 6, min = 28, sec = 16", 2 ** 32],
    ["year = '2000', month = 1.9, day = 1, hour = 0", 946_684_800],
    ["year = 2147483647, month = 12, day = 31, hour = 23, min = 59, sec = 59", 67_767_976_233_532_800],
  ])("%s", (fields, seconds) => {
    for (const zone of ["UTC", "Europe/Moscow", "America/New_York"]) expect(inZone(zone, `os.time({ ${fields} })`)).toBe(seconds);
  });

  test.each([
    ["hour = 12", "field 'day' missing in date table"],
    ["year = 2000, day = 1", "field 'month' missing in date table"],
    ["year = 1e12, month = 1, day = 1", "field 'year' of the date table must be from -2147483647 to 2147483647, got 1e+12"],
    ["year = 2000, month = 1, day = 0/0", "field 'day' of the date table must be from -2147483647 to 2147483647, got nan"],
  ])("%s is an error", (fields, message) => {
    expect(failure(newState(), `os.time({ ${fields} })`).message.replace("-nan", "nan")).toBe(message);
  });

  test("without a table it is now", () => {
    const before = Math.floor(Date.now() / 1000);
    const [now] = results(newState(), "return os.time()") as [number];
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now() / 1000);
  });
});

describe("os.date is the reader's", () => {
  test.each([
    // Moscow moved its clocks for good in 2011 and in 2014.
    ["Europe/Moscow", 1_262_304_000, "2010-01-01 03:00:00 +0300 false"],
    ["Europe/Moscow", 1_278_000_000, "2010-07-01 20:00:00 +0400 true"],
    ["Europe/Moscow", 1_269_730_799, "2010-03-28 01:59:59 +0300 false"],
    ["Europe/Moscow", 1_269_730_800, "2010-03-28 03:00:00 +0400 true"],
    ["Europe/Moscow", 1_309_500_000, "2011-07-01 10:00:00 +0400 false"],
    ["Europe/Moscow", 1_325_376_000, "2012-01-01 04:00:00 +0400 false"],
    ["Europe/Moscow", 1_404_172_800, "2014-07-01 04:00:00 +0400 false"],
    ["Europe/Moscow", 1_414_274_399, "2014-10-26 01:59:59 +0400 false"],
    ["Europe/Moscow", 1_414_274_400, "2014-10-26 01:00:00 +0300 false"],
    ["Europe/Moscow", 4_102_444_800, "2100-01-01 03:00:00 +0300 false"],
    ["America/New_York", 1_710_053_999, "2024-03-10 01:59:59 -0500 false"],
    ["America/New_York", 1_710_054_000, "2024-03-10 03:00:00 -0400 true"],
    ["America/New_York", 1_730_613_599, "2024-11-03 01:59:59 -0400 true"],
    ["America/New_York", 1_730_613_600, "2024-11-03 01:00:00 -0500 false"],
    ["Australia/Sydney", 1_735_689_600, "2025-01-01 11:00:00 +1100 true"],
    ["Australia/Sydney", 1_751_328_000, "2025-07-01 10:00:00 +1000 false"],
    ["Europe/Dublin", 1_751_328_000, "2025-07-01 01:00:00 +0100 true"],
    ["Asia/Kathmandu", 0, "1970-01-01 05:30:00 +0530 false"],
    ["Asia/Kathmandu", 1_751_328_000, "2025-07-01 05:45:00 +0545 false"],
    ["Africa/Monrovia", 0, "1969-12-31 23:15:30 -0044 false"],
    ["Pacific/Apia", 1_325_239_200, "2011-12-31 00:00:00 +1400 true"],
    ["UTC", 2 ** 31, "2038-01-19 03:14:08 +0000 false"],
    ["UTC", 2 ** 32, "2106-02-07 06:28:16 +0000 false"],
    ["Asia/Tokyo", 253_402_300_800, "10000-01-01 09:00:00 +0900 false"],
    ["Asia/Tokyo", 67_767_976_233_446_400, "2147483647-12-31 09:00:00 +0900 false"],
  ])("%s, %d", (zone, moment, told) => {
    expect(inZone(zone, `os.date("%Y-%m-%d %H:%M:%S %z ", ${moment}) .. tostring(os.date("*t", ${moment}).isdst)`)).toBe(told);
  });

  test("with ! it is UTC, before 1970 and far away too", () => {
    for (const zone of ["UTC", "Europe/Moscow", "America/New_York"]) {
      expect(inZone(zone, 'os.date("!%Y-%m-%d %H:%M:%S %z %Z", 4102444800)')).toBe("2100-01-01 00:00:00 +0000 UTC");
      expect(inZone(zone, 'os.date("!%Y-%m-%d %H:%M:%S", -2208988801)')).toBe("1899-12-31 23:59:59");
      expect(inZone(zone, 'os.date("!%c", -62135596800)')).toBe("Mon Jan  1 00:00:00 1");
      expect(inZone(zone, 'os.date("!%Y %j %w %U %W %y", 951782400)')).toBe("2000 060 2 09 09 00");
    }
  });

  test("local time before 1970, and what is no moment, is nil, as in Luau", () => {
    for (const call of ['os.date("", -1)', 'os.date("%Y", 1e300)', 'os.date("!%Y", -1/0)', 'os.date("!%Y", 0/0)']) {
      expect(inZone("Europe/Moscow", call)).toBeUndefined();
    }
  });

  test.each([
    ["Europe/Moscow", 1_751_328_000, "GMT+3"],
    ["America/New_York", 1_751_328_000, "EDT"],
    ["America/New_York", 1_735_689_600, "EST"],
    ["UTC", 0, "UTC"],
  ])("%%Z in %s is a name", (zone, moment, name) => {
    expect(inZone(zone, `os.date("%Z", ${moment})`)).toBe(name);
  });

  test("a table has all fields, and os.time takes that of UTC back", () => {
    process.env.TZ = "Europe/Moscow";
    expect(
      results(
        newState(),
        `
      local d = os.date("*t", 1325376061)
      return d.year, d.month, d.day, d.hour, d.min, d.sec, d.wday, d.yday, d.isdst`,
      ),
    ).toEqual([2012, 1, 1, 4, 1, 1, 1, 1, false]);
    expect(
      results(
        newState(),
        `
      for _, t in { 0, 1, 951782399, 951782400, 1709164800, 2147483647, 2147483648, 4107542400, 32535215999, 253402300800 } do
        if os.time(os.date("!*t", t)) ~= t then return t end
      end
      return true`,
      ),
    ).toEqual([true]);
  });

  test.each(["%9", "%O", "%E", "%Ea", "%+"])("%s is no conversion", (format) => {
    expect(failure(newState(), `os.date("${format}")`).message).toBe("invalid argument #1 to 'date' (invalid conversion specifier)");
  });

  test("long formats, bytes, a lone percent sign", () => {
    expect(
      results(
        newState(),
        `return os.date(string.rep("a", 10000)) == string.rep("a", 10000), os.date(string.rep("%", 200)) == string.rep("%", 100), os.date("!%d\\xff%", 0)`,
      ),
    ).toEqual([true, true, "01\uFFFD%"]);
  });
});

test("os.difftime and os.clock", () => {
  const [far, seconds, clock] = results(newState(), "return os.difftime(4102444800, 0), os.difftime(2.9, 1.1), os.clock()") as number[];
  expect([far, seconds]).toEqual([4_102_444_800, 1]);
  expect(clock).toBeGreaterThan(0);
});
