import * as fc from "fast-check";
import { expect, test } from "vitest";
import { rounds } from "../../../scripts/rounds.ts";
import { encodePacket, FIRST_BRIDGE_STREAM_ID as FIRST, PacketType } from "../src/codec/index.ts";
import { StreamRecorder } from "./recorder.ts";
import { ScriptedBridge, settle } from "./scripted-bridge.ts";

test("whatever a bridge says, the session does not throw, keeps its bounds and ends cleanly", async () => {
  const endpoint = { address: "127.0.0.1", port: 1 };
  const streamId = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(1, 2, 3, FIRST, FIRST + 1) }, { weight: 1, arbitrary: fc.constantFrom(4, FIRST + 5) });
  const listenerId = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(1, 2) }, { weight: 1, arbitrary: fc.constant(3) });
  const packet: fc.Arbitrary<Uint8Array> = fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }) },
    {
      weight: 6,
      arbitrary: fc.record({ type: fc.constant(PacketType.DATA), streamId, payload: fc.uint8Array({ minLength: 1, maxLength: 600 }) }).map(encodePacket),
    },
    { weight: 6, arbitrary: fc.record({ type: fc.constant(PacketType.END), streamId }).map(encodePacket) },
    { weight: 6, arbitrary: fc.record({ type: fc.constant(PacketType.CREDIT), streamId, bytes: fc.integer({ min: 1, max: 5_000 }) }).map(encodePacket) },
    {
      weight: 6,
      arbitrary: fc
        .record({ type: fc.constant(PacketType.CLOSE), streamId, reason: fc.nat({ max: 255 }), message: fc.constantFrom("", "why") })
        .map(encodePacket),
    },
    {
      weight: 6,
      arbitrary: fc.record({ type: fc.constant(PacketType.OPENED), streamId, remote: fc.constant(endpoint), local: fc.constant(endpoint) }).map(encodePacket),
    },
    {
      weight: 6,
      arbitrary: fc
        .record({
          type: fc.constant(PacketType.ACCEPT),
          streamId: fc.integer({ min: FIRST, max: FIRST + 4 }),
          listenerId,
          remote: fc.constant(endpoint),
          local: fc.constant(endpoint),
        })
        .map(encodePacket),
    },
    { weight: 6, arbitrary: fc.record({ type: fc.constant(PacketType.LISTENING), listenerId, bound: fc.constant(endpoint) }).map(encodePacket) },
    {
      weight: 6,
      arbitrary: fc
        .record({ type: fc.constant(PacketType.LISTEN_FAILED), listenerId, reason: fc.nat({ max: 255 }), message: fc.constant("") })
        .map(encodePacket),
    },
  );
  let survived = 0;
  const action = fc.constantFrom("send", "end", "close", "abort", "consume", "throw");
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(fc.tuple(packet, action), { maxLength: 40 }), async (startsOpen, steps) => {
      const bridge = ScriptedBridge.ready({ receiveWindow: 1_024, window: 1_024 });
      const recorders: StreamRecorder[] = [];
      const streams: { consumed(count: number): void; send(bytes: Uint8Array): number; end(): void; close(): void; abort(): void }[] = [];
      const silenced = new Set<StreamRecorder>();
      let behaviour = "send";
      const record = (): StreamRecorder => {
        const recorder = new StreamRecorder();
        const index = recorders.push(recorder) - 1;
        recorder.onEntry = (entry) => {
          // A program that reacts to every event, at times wrongly.
          if (behaviour === "throw") throw new Error("thrown by the program");
          const stream = streams[index];
          if (stream === undefined) return;
          if (behaviour === "send") stream.send(new Uint8Array(700));
          else if (behaviour === "consume") stream.consumed(recorder.chunks.splice(0).reduce((sum, { length }) => sum + length, 0));
          else if (behaviour === "end") stream.end();
          else {
            if (!/^(?:closed|failed)/.test(entry)) silenced.add(recorder);
            if (behaviour === "close") stream.close();
            else stream.abort();
          }
        };
        return recorder;
      };
      for (let count = 0; count < 3; count += 1) streams.push(bridge.session.connect("a", 1, record()));
      const listenerLog: string[] = [];
      for (let count = 0; count < 2; count += 1) {
        bridge.session.listen("0.0.0.0", 80, {
          onListening: () => listenerLog.push("listening"),
          onFailed: () => listenerLog.push("over"),
          onLost: () => listenerLog.push("over"),
          onAccept: (stream) => {
            streams.push(stream);
            return record();
          },
        });
      }
      if (startsOpen) {
        for (let id = 1; id <= 3; id += 1) bridge.sayOpened(id);
        for (let id = 1; id <= 2; id += 1) bridge.say({ type: PacketType.LISTENING, listenerId: id, bound: endpoint });
        bridge.sayAccept(FIRST, 1);
        bridge.sayAccept(FIRST + 1, 2);
      }
      for (const [bytes, next] of steps) {
        behaviour = next;
        bridge.sayBytes(bytes);
        await Promise.resolve();
      }
      await settle();
      if (bridge.ended.length === 0) survived += 1;
      behaviour = "consume";
      bridge.socket.closed(1006, "");
      await settle();
      expect(bridge.ended).toHaveLength(1);
      expect(bridge.session.stats).toMatchObject({ streams: 0, listeners: 0, bufferedBytes: 0 });
      expect(bridge.clock.pending).toBe(0);
      expect(listenerLog.filter((entry) => entry === "over")).toHaveLength(2);
      expect(bridge.callbackErrors.every((error) => error instanceof Error && error.message === "thrown by the program")).toBe(true);
      for (const recorder of recorders) {
        const finals = recorder.log.filter((entry) => entry.startsWith("closed") || entry.startsWith("failed"));
        expect(finals.length).toBe(silenced.has(recorder) ? 0 : 1);
        if (finals.length === 1) expect(recorder.log.at(-1)).toBe(finals[0]);
        const end = recorder.log.indexOf("end");
        if (end >= 0) expect(recorder.log.slice(end).some((entry) => entry.startsWith("data"))).toBe(false);
      }
    }),
    { numRuns: rounds({ short: 200, full: 600 }) },
  );
  // A generator that always breaks the protocol at once would test nothing but that.
  expect(survived).toBeGreaterThan(30);
});
