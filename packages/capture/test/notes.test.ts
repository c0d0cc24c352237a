import { describe, expect, test } from "vitest";
import { type Arrow, type CapturedRun, type CaptureEvent, captureOf, type Note, WAIT_NOTE_MS } from "@playground/capture";
import { BEGINNING, bytesOf, ProgramTeller } from "./support/program-teller.ts";
import { MACHINE, OUTSIDE } from "./support/sample.ts";

const SERVER = { address: MACHINE, port: 80 };
const CLIENT = { address: MACHINE, port: 50_000 };
const NETCAT = { address: OUTSIDE, port: 60_000 };

const server = (): ProgramTeller => new ProgramTeller("server.luau").accepted(1, 1, 1, SERVER, CLIENT);
const client = (): ProgramTeller => new ProgramTeller("client.luau").connect(0, 1, MACHINE, 80).opened(1, 1, CLIENT, SERVER);

/** Bytes wait on the server's side from 3 ms on. */
function waiting(hasReceiver?: boolean): ProgramTeller {
  return server()
    .arrive(2, 1, bytesOf("abc"))
    .gauge(3, 1, { waiting: 3, ...(hasReceiver === undefined ? {} : { hasReceiver }) });
}

function refused(ms: number): ProgramTeller {
  return new ProgramTeller("client.luau").connect(ms, 1, MACHINE, 81).failed(ms + 1, 1, "connection-refused");
}

/** Notes of all items, in their order. */
function notes(...tellers: readonly ProgramTeller[]): Note[] {
  const runs: CapturedRun[] = tellers.map((teller, index) => teller.run(index + 1));
  return captureOf(runs).ladder.items.flatMap((item) => item.notes);
}

describe("split and glued", () => {
  test("a send that came in pieces, counted as they come", () => {
    const sender = client().send(2, 1, bytesOf("abcdef"));
    const receiver = server().arrive(3, 1, bytesOf("ab"));
    expect(notes(sender, receiver)).toEqual([]);
    expect(notes(sender, receiver.arrive(4, 1, bytesOf("cd")))).toEqual([{ code: "send-split", pieces: 2 }]);
    expect(notes(sender, receiver.arrive(5, 1, bytesOf("ef")))).toEqual([{ code: "send-split", pieces: 3 }]);
  });

  test("nobody can say it of a receiver outside", () => {
    expect(notes(client().send(2, 1, bytesOf("abcdef"), { held: true }).leave(3, 1, 0, 3).leave(4, 1, 3, 3))).toEqual([]);
  });

  test("sends that came as one, on the way or to onReceive", () => {
    const sender = client().send(2, 1, bytesOf("ab")).send(3, 1, bytesOf("cd"));
    expect(notes(sender, server().arrive(4, 1, bytesOf("abcd")))).toEqual([{ code: "sends-glued", sends: 2 }]);
    const apart = server().arrive(4, 1, bytesOf("ab")).arrive(5, 1, bytesOf("cd"));
    expect(notes(sender, apart)).toEqual([]);
    expect(notes(sender, apart.receive(6, 1))).toEqual([{ code: "sends-glued", sends: 2 }]);
  });

  test("an arrival with the end of one send and the beginning of another", () => {
    const sender = client().send(2, 1, bytesOf("abcd")).send(3, 1, bytesOf("efgh"));
    const receiver = server().arrive(4, 1, bytesOf("ab")).arrive(5, 1, bytesOf("cdef")).arrive(6, 1, bytesOf("gh"));
    expect(notes(sender, receiver)).toEqual([
      { code: "send-split", pieces: 2 },
      { code: "sends-glued", sends: 2 },
      { code: "send-split", pieces: 2 },
    ]);
  });
});

test("a send that took less, or nothing, while the connection was open", () => {
  const sender = client().send(2, 1, bytesOf("ab"), { asked: 5 }).send(3, 1, bytesOf(""), { asked: 3 }).close(4, 1).send(5, 1, bytesOf(""), { asked: 3 });
  expect(notes(sender)).toEqual([
    { code: "send-short", taken: 2, asked: 5 },
    { code: "send-short", taken: 0, asked: 3 },
  ]);
});

test("a piece of which the recorder kept the first bytes alone, as sent and as arrived", () => {
  const connection = { connection: 1, offset: 0, size: 500 };
  const sent = client().add({ type: "send", at: BEGINNING + 2, ...connection, asked: 500, bytes: new Uint8Array(64) });
  const arrived = server().add({ type: "arrive", at: BEGINNING + 3, ...connection, bytes: new Uint8Array(64) });
  const cut = [{ code: "bytes-cut", kept: 64, size: 500 }];
  expect([notes(sent), notes(arrived), notes(sent, arrived)]).toEqual([cut, cut, cut]);
});

describe("bytes that wait", () => {
  test("for an onReceive that the recorder says is not there", () => {
    const teller = waiting(false);
    expect(notes(teller.printed(WAIT_NOTE_MS, "not yet"))).toEqual([]);
    expect(notes(teller.printed(WAIT_NOTE_MS + 500, "now"))).toEqual([{ code: "no-receiver", waiting: 3 }]);
    // One that is set later has them after all.
    expect(notes(teller.receive(WAIT_NOTE_MS + 600, 1))).toEqual([]);
  });

  test("for an onReceive, since update() calls others", () => {
    const teller = waiting().accepted(10, 2, 1, SERVER, NETCAT).arrive(11, 2, bytesOf("x")).receive(12, 2);
    expect(notes(teller.printed(WAIT_NOTE_MS + 500, ""))).toEqual([{ code: "no-receiver", waiting: 3 }]);
  });

  test("for an update(): with the seconds, also after it came", () => {
    const teller = waiting(true).printed(WAIT_NOTE_MS + 500, "");
    expect(notes(teller)).toEqual([{ code: "update-missing", seconds: 3 }]);
    expect(notes(teller.receive(5_100, 1))).toEqual([{ code: "update-missing", seconds: 5 }]);
  });

  test("for nobody knows what: nothing is said", () => {
    expect(notes(waiting().printed(60_000, ""))).toEqual([]);
    expect(notes(waiting(true).accepted(10, 2, 1, SERVER, NETCAT).arrive(11, 2, bytesOf("x")).receive(3_000, 2).printed(60_000, ""))).toEqual([]);
    const before = server().accepted(1, 2, 1, SERVER, NETCAT).arrive(1, 2, bytesOf("x")).receive(1.5, 2);
    before.arrive(2, 1, bytesOf("abc")).gauge(3, 1, { waiting: 3 });
    expect(notes(before.printed(60_000, ""))).toEqual([]);
    // Nor where they do not wait any more, or the program is over.
    expect(notes(waiting(true).gauge(100, 1, { waiting: 0 }).printed(60_000, ""))).toEqual([]);
    expect(notes(waiting(false).program(200, "stopped").printed(60_000, ""))).toEqual([]);
  });

  test("also while nothing happens", () => {
    const { ladder } = captureOf([waiting(false).run(1)]);
    ladder.takeChanges();
    ladder.timePasses(BEGINNING + WAIT_NOTE_MS + 4);
    const [changed] = ladder.takeChanges().changed;
    expect(ladder.item(changed ?? 0)?.notes).toEqual([{ code: "no-receiver", waiting: 3 }]);
  });
});

describe("ends", () => {
  test("an end with bytes that were not read", () => {
    expect(notes(server().arrive(2, 1, bytesOf("abc")).end(3, 1).endTold(4, 1))).toEqual([{ code: "end-unread", unread: 3 }]);
    expect(notes(server().arrive(2, 1, bytesOf("abc")).end(3, 1).receive(4, 1).endTold(5, 1))).toEqual([]);
  });

  test("an own close with bytes unread, and under way", () => {
    const sender = client().send(2, 1, bytesOf("abc")).send(5, 1, bytesOf("defgh")).send(50, 1, bytesOf("later"));
    const receiver = server().arrive(3, 1, bytesOf("abc")).close(10, 1, "close", { unread: 3 });
    const expected = [{ code: "closed-early", underWay: 5, unread: 3 }];
    expect(notes(sender, receiver)).toEqual(expected);
    expect(notes(receiver, sender)).toEqual(expected);
    const states = captureOf([sender.run(1), receiver.run(2)]).ladder.items.flatMap((item) =>
      item.shape === "arrow" && item.kind === "bytes" ? item.state : [],
    );
    expect(states).toEqual(["thrown-away", "thrown-away", "thrown-away"]);
    expect(notes(server().arrive(3, 1, bytesOf("abc")).receive(4, 1).close(10, 1))).toEqual([]);
  });
});

test("a connection that nobody had ended when the program did was left open, and is closed, also where the program was ended by force", () => {
  const closes: CaptureEvent = { type: "close", at: BEGINNING + 10, connection: 1, how: "close", offset: 0, unread: 0 };
  const ended = client().add(closes).program(12, "stopped");
  expect(notes(ended)).toEqual([{ code: "left-open" }]);
  expect(notes(ended, server().end(11, 1))).toEqual([{ code: "left-open" }]);
  // Its own line closed it, or the other side had ended it.
  expect(notes(client().close(10, 1).program(12, "stopped"))).toEqual([]);
  expect(notes(client().end(9, 1).add(closes).program(12, "stopped"))).toEqual([]);
  expect(notes(client().add(closes))).toEqual([]);
  const { ladder } = captureOf([client().program(12, "stopped").run(1)]);
  expect(ladder.connections.map(({ state, until }) => [state, until])).toEqual([["closed", BEGINNING + 12]]);
});

test("nobody listens: with who does, at that time", () => {
  const listening = new ProgramTeller("server.luau").listen(10, 1, { address: MACHINE, port: 8080 });
  listening.add({ type: "listener-closed", at: BEGINNING + 100, listener: 1 });
  const late = new ProgramTeller("late.luau").listen(50, 1, { address: MACHINE, port: 9000 });
  const listeners = (ms: number): unknown => notes(refused(ms), listening, late)[0];
  const note = { code: "nobody-listens", host: MACHINE, port: 81 };
  expect(listeners(5)).toEqual({ ...note, listeners: [] });
  expect(listeners(20)).toEqual({ ...note, listeners: [{ program: "server.luau", port: 8080 }] });
  expect(listeners(60)).toEqual({
    ...note,
    listeners: [
      { program: "server.luau", port: 8080 },
      { program: "late.luau", port: 9000 },
    ],
  });
  expect(listeners(200)).toEqual({ ...note, listeners: [{ program: "late.luau", port: 9000 }] });
  expect(notes(new ProgramTeller("client.luau").connect(1, 1, MACHINE, 81).failed(2, 1, "timed-out"))).toEqual([]);
});

test("held bytes hang until they are let go", () => {
  const sender = client().send(2, 1, bytesOf("abcd"), { held: true });
  const receiver = server();
  const arrows = (): Arrow[] =>
    captureOf([sender.run(1), receiver.run(2)]).ladder.items.filter((item): item is Arrow => item.shape === "arrow" && item.kind === "bytes");
  const states = (): unknown[] => arrows().map(({ state, leftAt, releasedAt, piece }) => [state, leftAt, releasedAt, piece?.size]);
  expect(states()).toEqual([["held", undefined, undefined, 4]]);
  sender.leave(10, 1, 0, 2);
  expect(states()).toEqual([
    ["under-way", BEGINNING + 10, undefined, 2],
    ["held", undefined, undefined, 2],
  ]);
  receiver.arrive(11, 1, bytesOf("ab"), true);
  expect(states()[0]).toEqual(["held", BEGINNING + 10, undefined, 2]);
  receiver.release(20, 1, 0, 2);
  expect(states()[0]).toEqual(["arrived", BEGINNING + 10, BEGINNING + 20, 2]);
  receiver.receive(21, 1, 5);
  expect(states()[0]).toEqual(["received", BEGINNING + 10, BEGINNING + 20, 2]);
});
