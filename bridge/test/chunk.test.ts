import { decodePacket, PacketType } from "@playground/wire/codec";
import { expect, test } from "vitest";
import { dataFrame, type Frame } from "../src/websocket/packet-frame.ts";
import { ResendBudget } from "../src/session/resend-budget.ts";
import { Resumption } from "../src/session/resumption.ts";
import { Usage } from "../src/usage.ts";
import { chunkLength, chunkOf, MAX_CHUNK_BYTES, recycle, splitChunk, takeBlock } from "../src/memory/chunk.ts";

/** Bytes that differ from place to place. */
function bytesOf(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index += 1) bytes[index] = (index * 7 + (index >> 8)) & 0xff;
  return bytes;
}

function payloadOf({ bytes }: Frame, headerBytes: number): Buffer {
  const packet = decodePacket(bytes.subarray(headerBytes));
  if (packet.type !== PacketType.DATA) throw new Error(`a packet of type ${packet.type}`);
  expect(packet.streamId).toBe(77);
  return Buffer.from(packet.payload);
}

test.each([
  [1, 2],
  [120, 2],
  [121, 4],
  [32_768, 4],
  [32_769, 4],
  [65_530, 4],
  [65_531, 10],
  [MAX_CHUNK_BYTES, 10],
])("a chunk of %i bytes becomes a frame with a header of %i", (length, headerBytes) => {
  const bytes = bytesOf(length);
  const chunk = chunkOf(bytes);
  expect(chunkLength(chunk)).toBe(length);
  const frame = dataFrame(77, chunk);
  expect(frame.length).toBe(headerBytes + 5 + length);
  expect(payloadOf(frame, headerBytes).equals(bytes)).toBe(true);
});

test("a chunk that is split gives its bytes in order, and the rest has room for its own headers", () => {
  const bytes = bytesOf(MAX_CHUNK_BYTES);
  const { front, rest } = splitChunk(chunkOf(bytes), 40_000);
  const frames = [dataFrame(77, front), dataFrame(77, rest)];
  expect(Buffer.concat(frames.map((frame) => payloadOf(frame, 4))).equals(bytes)).toBe(true);
});

test("memory is used again only when the client has acknowledged it and the kernel has taken it", () => {
  const usage = new Usage();
  const resendBudget = new ResendBudget(Number.POSITIVE_INFINITY, usage);
  const kept = (): { resumption: Resumption; frame: Frame; block: Buffer } => {
    const resumption = new Resumption(() => {}, { resendBudget, usage }, { giveUp: () => {}, resumeSending: () => {} });
    const chunk = chunkOf(bytesOf(MAX_CHUNK_BYTES));
    const frame = dataFrame(77, chunk);
    frame.end = 70_000;
    resumption.push(frame);
    return { resumption, frame, block: chunk.block as Buffer };
  };
  // A client may say that it has what is still waiting here for the kernel.
  const lying = kept();
  lying.resumption.acknowledged(1, 69_999);
  expect(takeBlock()).not.toBe(lying.block);
  // On the WebSocket before, nobody knows what the kernel has taken.
  const returning = kept();
  returning.resumption.acknowledged(1, undefined);
  expect(takeBlock()).not.toBe(returning.block);
  const resumed = kept();
  resumed.resumption.resume();
  resumed.resumption.acknowledged(1, 70_000);
  expect(takeBlock()).not.toBe(resumed.block);
  const honest = kept();
  honest.resumption.acknowledged(1, 70_000);
  expect(takeBlock()).toBe(honest.block);
});

test("so many blocks are kept, and no more", () => {
  for (let count = 0; count < 1_000; count += 1) recycle(takeBlockAnew());
  const seen = new Set<Buffer>();
  for (let count = 0; count < 1_000; count += 1) seen.add(takeBlock());
  expect(seen.size).toBe(1_000);
  expect([...seen].filter((block) => marked.has(block))).toHaveLength(256);
});

const marked = new WeakSet<Buffer>();

function takeBlockAnew(): Buffer {
  const block = Buffer.allocUnsafeSlow(16);
  marked.add(block);
  return block;
}
