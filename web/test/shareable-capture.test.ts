import { type CaptureEvent, type CapturedRun, decodeEvents, encodeEvents } from "@playground/capture";
import { captureBytes, captureText, MAX_CAPTURE_BYTES, MAX_CAPTURE_CHARS, ShareError } from "@playground/share";
import { expect, test } from "vitest";
import { shareableCapture } from "../src/share/shareable-capture.ts";

const BEGINNING = 1_795_000_000_000;

/** Numbers that look like chance and are the same each time: what they fill does not pack. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomBytes(length: number, seed: number): Uint8Array {
  const next = chance(seed);
  return Uint8Array.from({ length }, () => Math.floor(next() * 256));
}

/** A client that has connected and sent so many pieces of so many bytes, a millisecond apart. */
function sends(count: number, size: number, file = "client.luau", run = 1): CapturedRun {
  const events: CaptureEvent[] = [
    { type: "program", at: BEGINNING, state: "started" },
    { type: "connect", at: BEGINNING, connection: 1, host: "127.0.0.1", port: 8080 },
    {
      type: "opened",
      at: BEGINNING + 1,
      connection: 1,
      local: { address: "127.0.0.1", port: 50_000 + run },
      remote: { address: "127.0.0.1", port: 8080 },
    },
  ];
  for (let index = 0; index < count; index++) {
    const bytes = randomBytes(size, index + 1);
    events.push({ type: "send", at: BEGINNING + 2 + index, connection: 1, offset: index * size, size, asked: size, bytes });
  }
  return { run, file, at: BEGINNING, events };
}

/** The runs that a text holds. */
const held = (text: string): readonly CapturedRun[] => decodeEvents(captureBytes(text));

test("a capture that fits goes along whole", async () => {
  const runs = [sends(20, 100), sends(3, 10, "other.luau", 2)];
  const { text, leftOut } = (await shareableCapture(runs, encodeEvents))!;
  expect(leftOut).toBe(0);
  expect(held(text)).toEqual(runs);
  expect(await shareableCapture([], encodeEvents)).toMatchObject({ leftOut: 0 });
});

test("of one that does not, as many of the newest events as fit, with how the connection began, and it is said how many are left out", async () => {
  const run = sends(400, 1_024);
  const { text, leftOut } = (await shareableCapture([run], encodeEvents))!;
  expect(text.length).toBeLessThanOrEqual(MAX_CAPTURE_CHARS);
  expect(leftOut).toBeGreaterThan(0);
  const [kept] = held(text);
  expect(kept?.events).toHaveLength(run.events.length - leftOut);
  // The beginning, and then the end without a gap.
  expect(kept?.events.slice(0, 3)).toEqual(run.events.slice(0, 3));
  expect(kept?.events.slice(3)).toEqual(run.events.slice(3 + leftOut));
  // One more would be too much.
  const more = { ...run, events: [...run.events.slice(0, 3), ...run.events.slice(2 + leftOut)] };
  expect(() => captureText(encodeEvents([more]))).toThrow(ShareError);
});

test("of several programs the oldest go first, whosever they are", async () => {
  const [one, two] = [sends(300, 1_024), sends(300, 1_024, "other.luau", 2)];
  const { text } = (await shareableCapture([one, two], encodeEvents))!;
  const counts = held(text).map(({ events }) => events.length);
  expect(Math.abs((counts[0] ?? 0) - (counts[1] ?? 0))).toBeLessThanOrEqual(1);
});

test("what packs well is held to what it unpacks to", async () => {
  const events: CaptureEvent[] = Array.from({ length: 3 }, (_, index) => ({
    type: "send",
    at: BEGINNING + index,
    connection: 1,
    offset: index * 500_000,
    size: 500_000,
    asked: 500_000,
    bytes: new Uint8Array(500_000),
  }));
  const { text, leftOut } = (await shareableCapture([{ run: 1, file: "a.luau", at: BEGINNING, events }], encodeEvents))!;
  expect(leftOut).toBe(1);
  expect(captureBytes(text).length).toBeLessThanOrEqual(MAX_CAPTURE_BYTES);
});

test("undefined where not even the beginnings fit", async () => {
  const next = chance(7);
  const letters = (): string => Array.from({ length: 200 }, () => String.fromCharCode(33 + Math.floor(next() * 90))).join("");
  const events: CaptureEvent[] = Array.from({ length: 2_000 }, (_, index) => ({
    type: "connect",
    at: BEGINNING + index,
    connection: index + 1,
    host: letters(),
    port: 80,
  }));
  expect(await shareableCapture([{ run: 1, file: "a.luau", at: BEGINNING, events }], encodeEvents)).toBeUndefined();
});

test("looks few times, however many events there are, and hands on what is no matter of size", async () => {
  let looks = 0;
  await shareableCapture([sends(2_000, 256)], (runs) => {
    looks++;
    return encodeEvents(runs);
  });
  expect(looks).toBeLessThanOrEqual(17);
  await expect(
    shareableCapture([sends(1, 1)], () => {
      throw new TypeError("broken");
    }),
  ).rejects.toThrow("broken");
});
