import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Capture,
  CaptureError,
  type CaptureEvent,
  captureOf,
  decodeEvents,
  encodeEvents,
  MAX_CAPTURE_EVENTS,
  MAX_CAPTURE_RUNS,
  MAX_ENCODED_BYTES,
} from "@playground/capture";
import { rounds } from "../../../scripts/rounds.ts";
import { anyRuns } from "./support/any-events.ts";
import { BEGINNING } from "./support/program-teller.ts";
import { sampleRuns } from "./support/sample.ts";

/** Whatever the bytes: runs, which are then encoded and read as the same; or a CaptureError. A capture and its ladder take them all. */
function checkAnyBytes(bytes: Uint8Array): void {
  let runs;
  try {
    runs = decodeEvents(bytes);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    expect(error.message).not.toBe("");
    return;
  }
  expect(decodeEvents(encodeEvents(runs))).toEqual(runs);
  const { ladder } = captureOf(runs);
  expect(ladder.items.length + ladder.lifelines.length + ladder.connections.length).toBeGreaterThanOrEqual(0);
}

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

describe("properties", () => {
  test("runs come back as they were", () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        expect(decodeEvents(encodeEvents(runs))).toEqual(runs);
      }),
      { numRuns: rounds({ short: 200, full: 5_000 }) },
    );
  });

  test("any events make a ladder, in order and with unique ids", () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const { items } = captureOf(runs).ladder;
        const times = items.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      }),
      { numRuns: rounds({ short: 200, full: 5_000 }) },
    );
  });

  test("changed bytes are a capture or a CaptureError", () => {
    const sample = encodeEvents(sampleRuns());
    const change = fc.tuple(fc.nat({ max: sample.length - 1 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat({ max: sample.length }), fc.boolean(), (changes, length, isCut) => {
        const bytes = sample.slice(0, isCut ? length : sample.length);
        for (const [index, value] of changes) if (index < bytes.length) bytes[index] = value;
        checkAnyBytes(bytes);
      }),
      { numRuns: rounds({ short: 1_000, full: 50_000 }) },
    );
  });

  test("any bytes behind a capture's beginning are one, or a CaptureError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        checkAnyBytes(bytes);
        checkAnyBytes(new Uint8Array([...hex("5a43617001"), ...bytes]));
      }),
      { numRuns: rounds({ short: 500, full: 20_000 }) },
    );
  });
});

describe("bytes that are no capture", () => {
  test.each([
    ["", "not-a-capture", "begin with []"],
    ["89 50 4e 47", "not-a-capture", "begin with [137,80,78,71]"],
    ["5a 43", "cut", "needs 1 bytes"],
    ["5a 43 61 70 02 00", "unknown-version", "version 2"],
    ["5a 43 61 70 01", "cut", "capture.runs needs 1 bytes, 0 are left"],
    ["5a 43 61 70 01 00 00", "invalid", "1 bytes behind its end"],
    // 257 runs.
    ["5a 43 61 70 01 81 02", "too-large", `257 parts; ${MAX_CAPTURE_RUNS}`],
    ["5a 43 61 70 01 05 01", "cut", "has 5 parts, and 1 bytes are left"],
    // Run 1, file "a", time 0, more events than bytes; than there may be.
    ["5a 43 61 70 01 01 01 00 01 61 01 7f 00", "cut", "runs[0].events has 127 parts"],
    ["5a 43 61 70 01 01 01 00 01 61 01 ff ff 7f 00", "too-large", `2097151 parts; ${MAX_CAPTURE_EVENTS}`],
    // A number with too many bytes, a text that is no UTF-8, one that was not before, a time that is none.
    ["5a 43 61 70 01 01 ff ff ff ff ff ff ff ff ff 01", "invalid", "runs[0].run is above"],
    ["5a 43 61 70 01 01 01 00 01 ff 01 00", "invalid", "runs[0].file is not valid UTF-8"],
    ["5a 43 61 70 01 01 01 03 01 61 01 00", "invalid", "runs[0].file is text 3 of 0"],
    ["5a 43 61 70 01 01 01 00 01 61 00 00 00 00 00 00 00 f8 7f 00", "invalid", "runs[0].at is NaN"],
    ["5a 43 61 70 01 01 01 00 01 61 02 00", "invalid", "runs[0].at is -0.00024"],
    // Two runs with one number; an unknown type of event; an address that is none.
    ["5a 43 61 70 01 02 01 00 01 61 01 00 01 00 01 00", "invalid", "runs[1] has the number 1"],
    ["5a 43 61 70 01 01 01 00 01 61 01 01 7f", "invalid", "runs[0].events[0] is 127"],
    ["5a 43 61 70 01 01 01 00 01 61 01 01 01 01 01 00 50", "invalid", 'runs[0].events[0].bound.address is "a", no IP address'],
  ])("%s", (bytes, code, message) => {
    expect(() => decodeEvents(hex(bytes))).toThrow(
      expect.objectContaining({ name: "CaptureError", code, message: expect.stringContaining(message) as string }),
    );
  });

  test("too many bytes are not looked at", () => {
    expect(() => decodeEvents(new Uint8Array(MAX_ENCODED_BYTES + 1))).toThrow(expect.objectContaining({ code: "too-large" }));
  });
});

test("a full capture can be encoded and read, and a near time takes few bytes", () => {
  const capture = new Capture();
  const run = capture.beginRun("a.luau", BEGINNING);
  capture.add(
    run,
    Array.from({ length: MAX_CAPTURE_EVENTS + 10 }, (_, index): CaptureEvent => ({
      type: "leave",
      at: BEGINNING + index / 8,
      connection: 1,
      offset: index,
      size: 1,
    })),
  );
  const bytes = encodeEvents(capture.runs);
  expect(decodeEvents(bytes)).toEqual(capture.runs);
  expect(bytes.length).toBeLessThan(9 * MAX_CAPTURE_EVENTS);
});
