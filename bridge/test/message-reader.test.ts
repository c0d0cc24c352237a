import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { rounds } from "../../scripts/rounds.ts";
import { MessageReader } from "../src/websocket/message-reader.ts";
import { recycle } from "../src/memory/chunk.ts";

/** Largest message that the server of this test takes, bytes. */
const MAX_MESSAGE_BYTES = 300_000;

/** What a client sends, and what has to come out in the same order. */
interface Step {
  readonly kind: "binary" | "fragments" | "text" | "ping";
  readonly payload: Buffer;
}

const http = createServer();
const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
/** What the WebSocket that was opened last has had. */
let heard: string[] = [];
let accepted: WebSocket | undefined;
/** Frames of any kind, so far. */
let frames = 0;
/** Messages that came in blocks, so far. */
let blocks = 0;
/** What the message at hand takes, bytes. */
let held = 0;

beforeAll(async () => {
  http.on("upgrade", (request, socket, head) => {
    server.handleUpgrade(request, socket, head, (ws) => {
      accepted = ws;
      const heardHere: string[] = [];
      heard = heardHere;
      const message = (bytes: Buffer, block: Buffer | undefined): void => {
        heardHere.push(`binary ${digest(bytes)}`);
        if (block === undefined) return;
        blocks += 1;
        expect(bytes.buffer, "the message lies in its block").toBe(block.buffer);
        recycle(block);
      };
      const reader = new MessageReader(
        socket as Socket,
        MAX_MESSAGE_BYTES,
        {
          // One frame or piece at a time, as if it were never its turn for more.
          onBytes: () => {
            while (reader.hasMore) {
              let isFirst = true;
              reader.read(() => isFirst && !(isFirst = false));
            }
          },
          onFrame: () => (frames += 1),
          onMessage: message,
          onText: () => heardHere.push("text"),
          onTooLong: () => heardHere.push("too long"),
        },
        { hold: (bytes) => (held = bytes), release: () => (held = 0) },
      );
      reader.start();
      ws.on("message", () => heardHere.push("a message by ws"));
      ws.on("ping", (data) => heardHere.push(`ping ${digest(data)}`));
      ws.on("error", ({ message: why }) => heardHere.push(`error ${why}`));
      ws.on("close", (code) => heardHere.push(`close ${code}`));
    });
  });
  await new Promise<void>((resolve) => void http.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  http.closeAllConnections();
  http.close();
});

function digest(bytes: Uint8Array): string {
  let hash = 2_166_136_261;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16_777_619);
  return `${bytes.length}:${hash >>> 0}`;
}

const MASK = [0x11, 0xa2, 0x33, 0xc4] as const;

/** A frame as a client sends it (RFC 6455, section 5.2). */
function frame(opcode: number, fin: boolean, payload: Buffer): Buffer {
  const { length } = payload;
  const size = length < 126 ? Buffer.from([length]) : length <= 0xffff ? Buffer.from([126, length >> 8, length & 0xff]) : Buffer.alloc(9);
  if (size.length === 9) {
    size[0] = 127;
    size.writeBigUInt64BE(BigInt(length), 1);
  }
  size[0] = (size[0] as number) | 0x80;
  const masked = Buffer.from(payload);
  for (let index = 0; index < length; index += 1) masked[index] = (masked[index] as number) ^ (MASK[index % 4] as number);
  return Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | opcode]), size, Buffer.from(MASK), masked]);
}

function framesOf({ kind, payload }: Step): Buffer[] {
  switch (kind) {
    case "binary":
      return [frame(2, true, payload)];
    case "text":
      return [frame(1, true, Buffer.from(payload.toString("hex")))];
    case "ping":
      return [frame(9, true, payload.subarray(0, 125))];
    case "fragments": {
      const middle = Math.floor(payload.length / 2);
      return [frame(2, false, payload.subarray(0, middle)), frame(9, true, Buffer.from("between")), frame(0, true, payload.subarray(middle))];
    }
  }
}

function expectation(step: Step): string[] {
  switch (step.kind) {
    case "binary":
      return [`binary ${digest(step.payload)}`];
    case "text":
      return ["text"];
    case "ping":
      return [`ping ${digest(step.payload.subarray(0, 125))}`];
    case "fragments":
      return [`ping ${digest(Buffer.from("between"))}`, `binary ${digest(step.payload)}`];
  }
}

/** Sends raw bytes in pieces of the given sizes, over and over, each as a write of its own; gives what was heard once the connection is closed. */
async function hearsFrom(bytes: Buffer, sizes: readonly number[]): Promise<string[]> {
  const socket = connect((http.address() as AddressInfo).port, "127.0.0.1");
  socket.setNoDelay(true).on("error", () => {});
  socket.write(
    "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  );
  await once(socket, "data");
  socket.resume();
  const here = heard;
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    // One piece at a time reaches the other side, which is in this process.
    await new Promise((resolve) => void socket.write(bytes.subarray(at, at + size), resolve));
    if (index < 200) await new Promise((resolve) => setImmediate(resolve));
    at += size;
  }
  await expect.poll(() => here.some((line) => line.startsWith("close"))).toBe(true);
  socket.destroy();
  return here;
}

const close = frame(8, true, Buffer.from([0x03, 0xe8]));

/** Sizes around those that the reader treats apart: headers of a frame, what is put together in a block, and what is too long for one. */
const payload = fc
  .tuple(
    fc.oneof(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 120, max: 130 }),
      fc.integer({ min: 32_760, max: 32_776 }),
      fc.integer({ min: 60_000, max: 140_000 }),
    ),
    fc.integer({ min: 0, max: 255 }),
    fc.boolean(),
  )
  .map(([size, seed, isData]) => {
    const bytes = Buffer.alloc(size);
    for (let index = 0; index < size; index += 1) bytes[index] = (seed + index * 31 + (index >> 8)) & 0xff;
    bytes[0] = isData ? 2 : 7;
    return bytes;
  });

test("gives every message as it was sent, however the bytes are cut, and leaves all other frames to ws", async () => {
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constant("binary" as const) },
      { weight: 2, arbitrary: fc.constant("ping" as const) },
      { weight: 1, arbitrary: fc.constantFrom("fragments" as const, "text" as const) },
    ),
    payload,
  });
  const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1_000, max: 100_000 })), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), sizes, async (steps, cuts) => {
      const least = steps.some(({ payload: { length } }) => length > 1_000) ? cuts.map((cut) => Math.max(cut, 50) * 20) : cuts;
      const bytes = Buffer.concat([...steps.flatMap(framesOf), close, frame(2, true, Buffer.from("after the close frame"))]);
      expect(await hearsFrom(bytes, least)).toEqual([...steps.flatMap(expectation), "close 1000"]);
    }),
    { numRuns: rounds({ short: 40, full: 150 }) },
  );
  expect(blocks).toBeGreaterThan(0);
  expect(held).toBe(0);
}, 60_000);

test("a message that comes byte by byte is put together once, and is whole", async () => {
  const bytes = Buffer.alloc(5_000, "byte by byte ");
  bytes[0] = 2;
  expect(await hearsFrom(Buffer.concat([frame(2, true, bytes), close]), [1])).toEqual([`binary ${digest(bytes)}`, "close 1000"]);
}, 20_000);

test.each([
  ["not masked", Buffer.concat([Buffer.from([0x82, 3]), Buffer.from("abc")]), "MASK must be set", 1002],
  ["longer than allowed", Buffer.concat([Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0]), Buffer.alloc(20)]), "Max payload size exceeded", 1009],
  ["of a reserved opcode", frame(3, true, Buffer.from("abc")), "invalid opcode 3", 1002],
  ["a continuation of nothing", frame(0, true, Buffer.from("abc")), "invalid opcode 0", 1002],
])(
  "a frame that is %s is refused by ws, and what came before it counts",
  async (_what, bad, why, code) => {
    const good = Buffer.from([2, 1, 0, 0, 0, 65]);
    for (const sizes of [[1], [5], [1_000]]) {
      const here = await hearsFrom(Buffer.concat([frame(2, true, good), bad, frame(8, true, Buffer.from([code >> 8, code & 0xff]))]), sizes);
      expect(here[0]).toBe(`binary ${digest(good)}`);
      expect(here[1]).toContain(why);
      expect(here).toHaveLength(3);
    }
    expect(accepted?.readyState).not.toBe(1);
  },
  30_000,
);
