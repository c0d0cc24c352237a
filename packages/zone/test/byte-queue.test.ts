import { describe, expect, it } from "vitest";
import { ByteQueue } from "../src/socket/byte-queue.ts";

describe("a queue of bytes", () => {
  it.each([
    ["nothing", []],
    ["one piece", [5]],
    ["short pieces", [1, 2, 3, 1, 1]],
    ["long pieces", [5_000, 1_024]],
    ["short between long", [1, 5_000, 3, 4, 5_000, 1]],
    ["so many short ones that several rooms are filled", Array.from({ length: 30_000 }, (_, index) => (index % 7) + 1)],
  ])("gives %s back as it came", (_what, lengths) => {
    const queue = new ByteQueue();
    const all: number[] = [];
    for (const length of lengths) {
      const piece = Uint8Array.from({ length }, (_, index) => (all.length + index) % 251);
      all.push(...piece);
      queue.push(piece);
    }
    expect(queue.length).toBe(all.length);
    expect(Buffer.compare(queue.joined(), Uint8Array.from(all))).toBe(0);

    const other = new ByteQueue();
    other.push(Uint8Array.of(250));
    queue.moveTo(other);
    expect(queue.length).toBe(0);
    expect(Buffer.compare(other.joined(), Uint8Array.from([250, ...all]))).toBe(0);
  });

  it("does not change what it was given, nor what it gave", () => {
    const queue = new ByteQueue();
    const first = Uint8Array.of(1);
    queue.push(first);
    queue.push(Uint8Array.of(2));
    const joined = queue.joined();
    queue.push(Uint8Array.of(3));
    expect([...first, ...joined]).toEqual([1, 1, 2]);
    queue.clear();
    queue.push(Uint8Array.of(9));
    expect([...joined, ...queue.joined()]).toEqual([1, 2, 9]);
  });
});
