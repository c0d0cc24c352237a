import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { PEER_WRITE_BYTES } from "../src/limits.ts";
import { rounds } from "../../scripts/rounds.ts";
import { takeBlock } from "../src/memory/chunk.ts";
import { PeerWriter } from "../src/tcp/peer-writer.ts";

/** Something that the client sends: so many bytes, in a block of their own or not, and whether the packets at hand end with it. */
interface Sending {
  readonly length: number;
  readonly inBlock: boolean;
  readonly flushes: boolean;
}

/** Both ends of a connection. */
async function pair(): Promise<readonly [Socket, Socket]> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const near = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [far] = (await once(server, "connection")) as [Socket];
  server.close();
  return [near, far];
}

/** What arrives of what is sent while the peer does not read until all of it was pushed. */
async function arrives(sendings: readonly Sending[]): Promise<{ readonly wanted: Buffer; readonly got: Buffer; readonly written: number }> {
  const [near, far] = await pair();
  let written = 0;
  const finished = new Promise<void>((resolve) => {
    const writer = new PeerWriter({ onWritten: (byteCount) => (written += byteCount), onFinished: resolve });
    writer.attach(near);
    for (const [index, { length, inBlock, flushes }] of sendings.entries()) {
      const block = inBlock ? takeBlock() : undefined;
      const payload = (block ?? Buffer.allocUnsafe(length + 5)).subarray(5, 5 + length);
      payload.set(bytesOf(index, length));
      writer.push(payload, block);
      if (flushes) writer.flush();
    }
    writer.end();
  });
  const got: Buffer[] = [];
  for await (const bytes of far) got.push(bytes as Buffer);
  await finished;
  near.destroy();
  return { wanted: Buffer.concat(sendings.map(({ length }, index) => bytesOf(index, length))), got: Buffer.concat(got), written };
}

/** Bytes that differ from place to place and from sending to sending. */
function bytesOf(seed: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index += 1) bytes[index] = (seed * 37 + index * 7 + (index >> 8)) & 0xff;
  return bytes;
}

test("bytes reach the peer in the order in which they came, whatever is copied and whatever is not", async () => {
  const length = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 4_000, max: 20_000 }), fc.integer({ min: 32_760, max: 65_536 }));
  const sending: fc.Arbitrary<Sending> = fc.record({ length, inBlock: fc.boolean(), flushes: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(sending, { minLength: 1, maxLength: 60 }), async (sendings) => {
      const { wanted, got, written } = await arrives(sendings);
      expect(got.length).toBe(wanted.length);
      expect(got.equals(wanted)).toBe(true);
      expect(written).toBe(wanted.length);
    }),
    { numRuns: rounds({ short: 60, full: 150 }) },
  );
}, 60_000);

test("a small payload between two that are copied keeps its place", async () => {
  const sendings = [40_000, 10, 40_000].map((length): Sending => ({ length, inBlock: false, flushes: false }));
  const { wanted, got } = await arrives(sendings);
  expect(got.equals(wanted)).toBe(true);
});

test("what waits for a peer that reads again is given to the kernel a window at a time, not all in one turn of the event loop", async () => {
  const [near, far] = await pair();
  const writer = new PeerWriter({ onWritten: () => {}, onFinished: () => {} });
  // Nothing is read: the kernel's buffers fill up, and the rest waits.
  for (let i = 0; i < 1_024; i += 1) writer.push(Buffer.alloc(32_000));
  writer.attach(near);
  let most = 0;
  let before = writer.unwrittenBytes;
  far.resume();
  while (writer.unwrittenBytes > 0) {
    await nextTurn();
    const now = writer.unwrittenBytes;
    most = Math.max(most, before - now);
    before = now;
  }
  near.destroy();
  far.destroy();
  // One that the kernel had taken a part of, and the next.
  expect(most).toBeLessThanOrEqual(3 * PEER_WRITE_BYTES);
});
