import type { CapturedRun } from "@playground/capture";
import { bytesOf, ProgramTeller } from "./program-teller.ts";

/** The page's machine in its room. */
export const MACHINE = "127.83.12.1";
/** Where `nc` of the same computer comes from. */
export const OUTSIDE = "127.0.0.1";

const SERVER = { address: MACHINE, port: 8080 };
const CLIENT = { address: MACHINE, port: 40_001 };
const NETCAT = { address: OUTSIDE, port: 51_000 };
const RESETTER = { address: OUTSIDE, port: 51_002 };

/**
 * A lesson: a chat server, its client, and two `nc`. It has, in this order: a port that is listened on; a `send` that comes in three
 * pieces; two that come as one, written and read by typed calls; `nc` with half a Russian letter; a connect that is refused, and one
 * that is by a name that nobody knows; a piece that conditions hold, and let go in slices; a `send` that took less than it was given;
 * bytes that wait for an `update()`; an own close with bytes unread; a reset; and a piece that hangs at the end.
 */
export function sampleRuns(): readonly CapturedRun[] {
  const server = new ProgramTeller("server.luau");
  const client = new ProgramTeller("client.luau");
  server.program(0, "started").listen(2, 1, SERVER, 3);
  client.program(5, "started").connect(10, 1, MACHINE, 8080, 2);
  server.accepted(11.5, 1, 1, SERVER, CLIENT).printed(11.75, "127.83.12.1 joined");
  client.opened(12, 1, CLIENT, SERVER);
  // Split: one send, three arrivals.
  const poem = bytesOf("Мороз и солнце; день чудесный!\n");
  client.send(20, 1, poem, { line: 8 });
  for (const [ms, from, to] of [
    [21, 0, 9],
    [22, 9, 20],
    [38, 20, poem.length],
  ] as const) {
    server
      .arrive(ms, 1, poem.subarray(from, to))
      .receive(ms + 2, 1, 5)
      .printed(ms + 2.25, `${to - from} bytes`);
  }
  // Glued: two sends, one arrival. The second one is named by typed calls on both sides.
  const packet = Uint8Array.of(2, 1, 5, 0, 0, 0, 104, 101, 108, 108, 111);
  const fields = [
    { offset: 0, size: 2, format: "U16", value: 258 },
    { offset: 2, size: 9, format: "String", value: "hello" },
  ] as const;
  client.send(60, 1, bytesOf("ping\n"), { line: 12 }).send(60.5, 1, packet, { line: 13, fields });
  server.arrive(61, 1, new Uint8Array([...bytesOf("ping\n"), ...packet])).receive(76, 1, 5);
  server.fieldsRead(76.25, 1, poem.length, [{ offset: 5, size: 2, format: "U16", value: 258 }]);
  server.fieldsRead(76.5, 1, poem.length, [{ offset: 7, size: 9, format: "String", value: "hello" }]);
  server.send(77, 1, bytesOf("pong\n"), { line: 6 });
  client.arrive(78, 1, bytesOf("pong\n")).receive(92, 1, 16).printed(92.25, "pong");
  // nc: its bytes are cut in the middle of a letter.
  server.accepted(400, 2, 1, SERVER, NETCAT).arrive(900, 2, bytesOf("при").subarray(0, 5)).receive(908, 2, 5);
  server.arrive(910, 2, bytesOf("привет\n").subarray(5)).receive(924, 2, 5).send(924.5, 2, bytesOf("привет\n"), { line: 6 });
  server.end(1_500, 2).endTold(1_508, 2, 9).close(1_508.5, 2, "close", { line: 10 });
  // Refused, and a name that is not known.
  client.connect(2_000, 2, MACHINE, 8081, 20).failed(2_001, 2, "connection-refused");
  client.connect(2_100, 3, "no-such-machine", 8080, 21).failed(2_105, 3, "unknown-host");
  // Conditions hold a piece, and let it go in slices of 4 bytes.
  client.add({ type: "control", at: client.events[0]!.at + 2_200, control: { kind: "conditions", direction: "out", summary: "200 ms, 4 B slices" } });
  const slow = bytesOf("slow bytes\n");
  const offset = poem.length + 5 + packet.length;
  client.send(2_300, 1, slow, { line: 24, held: true });
  for (let at = 0; at < slow.length; at += 4) {
    const size = Math.min(4, slow.length - at);
    client.leave(2_500 + at, 1, offset + at, size);
    server.arrive(2_501 + at, 1, slow.subarray(at, at + size));
  }
  server.receive(2_516, 1, 5);
  // The send buffer is full.
  client.send(2_600, 1, bytesOf("taken"), { line: 30, asked: 20 }).gauge(2_601, 1, { sendBuffer: 16_777_216 });
  server.arrive(2_602, 1, bytesOf("taken")).gauge(2_603, 1, { waiting: 5, window: 262_139, hasReceiver: true });
  // Nobody calls update() for four seconds.
  server.printed(6_600, "I was busy").receive(6_604, 1, 5).gauge(6_605, 1, { waiting: 0, hasReceiver: true });
  // The client closes, while an answer is there that it has not read.
  server.send(6_700, 1, bytesOf("bye?"), { line: 6 });
  client.arrive(6_701, 1, bytesOf("bye?")).close(6_702, 1, "close", { line: 40, unread: 4 });
  server.end(6_703, 1).endTold(6_716, 1, 9).close(6_717, 1, "close", { line: 10 });
  // Another nc is reset.
  server.accepted(7_000, 3, 1, SERVER, RESETTER).arrive(7_010, 3, bytesOf("x")).receive(7_020, 3, 5).broken(7_100, 3);
  // And what hangs at the end.
  const again = { address: MACHINE, port: 40_003 };
  client.connect(8_000, 4, MACHINE, 8080, 50).opened(8_001, 4, again, SERVER);
  server.accepted(8_000.5, 4, 1, SERVER, again);
  client.add({ type: "control", at: client.events[0]!.at + 8_100, control: { kind: "pause" } });
  client.send(8_200, 4, bytesOf("held\n"), { line: 52, held: true });
  return [server.run(1), client.run(2)];
}
