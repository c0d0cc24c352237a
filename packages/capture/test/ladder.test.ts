import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { type Arrow, Capture, type CapturedRun, captureOf, type Ladder, type Mark, MAX_GAUGES, type NameOf } from "@playground/capture";
import { rounds } from "../../../scripts/rounds.ts";
import { fieldsBetween } from "../src/ladder/fields-between.ts";
import { plain } from "./support/plain.ts";
import { BEGINNING, bytesOf, ProgramTeller } from "./support/program-teller.ts";
import { MACHINE, OUTSIDE, sampleRuns } from "./support/sample.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const nameOf: NameOf = (address) => (address === MACHINE ? { kind: "machine", name: "Anna" } : { kind: "outside", name: address });

function captureWithNames(): Capture {
  return new Capture({ nameOf });
}

function ladderOf(runs: readonly CapturedRun[]): Ladder {
  return captureOf(runs, { nameOf }).ladder;
}

/** Items without their ids, which are in the order of coming. */
const withoutIds = (ladder: Ladder): unknown[] => ladder.items.map((item) => ({ ...plain(item), id: 0 }));

/** One program after the other, as its worker's only batch. */
function inTurn(runs: readonly CapturedRun[]): Ladder {
  const capture = captureWithNames();
  for (const { file, at, events } of runs) capture.add(capture.beginRun(file, at), events);
  return capture.ladder;
}

/** An item as a line: what goes from whom to whom, how it is, and what is noted. */
function lines(ladder: Ladder): string[] {
  const names = new Map(ladder.lifelines.map(({ id, name }) => [id, name.replace(".luau", "")]));
  return ladder.items.map((item) => {
    const notes = item.notes.map(({ code }) => ` !${code}`).join("");
    if (item.shape === "mark") return `${names.get(item.on ?? "")}: ${item.kind}${item.text === undefined ? "" : ` ${item.text}`}${notes}`;
    const { piece } = item;
    const bytes = piece ? ` ${JSON.stringify(text(piece.bytes))}` : "";
    const part = piece?.send && (piece.send.of ?? 1) > 1 ? ` ${piece.send.part}/${piece.send.of}` : "";
    return `${names.get(item.from)}>${names.get(item.to)}: ${item.kind} ${item.state}${bytes}${part}${notes}`;
  });
}

describe("the sample", () => {
  test("is told as it happened", () => {
    expect(lines(ladderOf(sampleRuns()))).toMatchInlineSnapshot(`
      [
        "server: program",
        "server: listen",
        "client: program",
        "client>server: connect arrived",
        "server: printed 127.83.12.1 joined",
        "client>server: bytes received "Моро�" 1/3 !send-split",
        "client>server: bytes received "� и сол" 2/3",
        "client>server: bytes received "нце; день чудесный!\\n" 3/3",
        "server: printed 9 bytes",
        "server: printed 11 bytes",
        "server: printed 35 bytes",
        "client>server: bytes received "ping\\n" !sends-glued",
        "client>server: bytes received "\\u0002\\u0001\\u0005\\u0000\\u0000\\u0000hello"",
        "server>client: bytes received "pong\\n"",
        "client: printed pong",
        "127.0.0.1>server: connect arrived",
        "127.0.0.1>server: bytes received "пр�"",
        "127.0.0.1>server: bytes received "�вет\\n"",
        "server>127.0.0.1: bytes arrived "привет\\n"",
        "127.0.0.1>server: end received",
        "server>127.0.0.1: end arrived",
        "client>Anna: connect refused !nobody-listens",
        "client>no-such-machine: connect failed",
        "client: control",
        "client>server: bytes received "slow" 1/3 !send-split",
        "client>server: bytes received " byt" 2/3",
        "client>server: bytes received "es\\n" 3/3",
        "client>server: bytes received "taken" !send-short !update-missing",
        "server: printed I was busy",
        "server>client: bytes thrown-away "bye?"",
        "client>server: end received !closed-early",
        "server>client: end arrived",
        "127.0.0.1>server: connect arrived",
        "127.0.0.1>server: bytes received "x"",
        "127.0.0.1>server: reset arrived",
        "client>server: connect arrived",
        "undefined: control",
        "client>server: bytes held "held\\n"",
      ]
    `);
  });
});

describe("whichever comes to be known first", () => {
  test("batches of several workers in any order make the same ladder", () => {
    const runs = sampleRuns();
    const expected = withoutIds(ladderOf(runs));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: runs.length - 1 }), fc.integer({ min: 1, max: 9 })), { maxLength: 40 }), (turns) => {
        const capture = captureWithNames();
        const rest = runs.map(({ file, at, events }) => ({ run: capture.beginRun(file, at), events: [...events] }));
        for (const [index, count] of turns) {
          const { run, events } = rest[index] as (typeof rest)[number];
          capture.add(run, events.splice(0, count));
          // Whoever looks between changes nothing.
          capture.ladder.takeChanges();
          expect(capture.ladder.items.length).toBeGreaterThanOrEqual(0);
        }
        for (const { run, events } of rest) capture.add(run, events);
        expect(withoutIds(capture.ladder)).toEqual(expected);
      }),
      { numRuns: rounds({ short: 60, full: 1_000 }) },
    );
  });

  test("items are in the order of time, and their ids stay", () => {
    const capture = captureWithNames();
    const [server, client] = sampleRuns() as [CapturedRun, CapturedRun];
    const run = capture.beginRun(server.file, server.at);
    capture.add(run, server.events);
    const poem = capture.ladder.items.find((item) => item.shape === "arrow" && item.kind === "bytes") as Arrow;
    capture.add(capture.beginRun(client.file, client.at), client.events);
    const times = capture.ladder.items.map((item) => item.at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    // What came from an unknown side is now a part of an arrow of the client's.
    expect(capture.ladder.item(poem.id)).toBeUndefined();
    for (const item of capture.ladder.items) expect(capture.ladder.item(item.id)).toBe(item);
  });

  test("changes are told once, each by its id", () => {
    const capture = captureWithNames();
    const [server, client] = sampleRuns() as [CapturedRun, CapturedRun];
    capture.add(capture.beginRun(client.file, client.at), client.events);
    const shown = new Map<number, unknown>();
    const follow = (): number => {
      const { changed } = capture.ladder.takeChanges();
      for (const id of changed) {
        const item = capture.ladder.item(id);
        if (item) shown.set(id, item);
        else shown.delete(id);
      }
      return changed.length;
    };
    expect(follow()).toBeGreaterThan(10);
    expect(follow()).toBe(0);
    const run = capture.beginRun(server.file, server.at);
    for (const event of server.events) {
      capture.add(run, [event]);
      follow();
    }
    const { items } = capture.ladder;
    expect(shown.size).toBe(items.length);
    // One that has changed is another object.
    for (const item of items) expect(shown.get(item.id)).toBe(item);
  });
});

describe("matching", () => {
  const SERVER = { address: MACHINE, port: 80 };
  const CLIENT = { address: MACHINE, port: 50_000 };

  test("a port that is used again is another connection", () => {
    const server = new ProgramTeller("server.luau").accepted(11, 1, 1, SERVER, CLIENT).arrive(13, 1, bytesOf("one")).end(15, 1).close(16, 1);
    server.accepted(61_011, 2, 1, SERVER, CLIENT).arrive(61_013, 2, bytesOf("two"));
    const client = new ProgramTeller("client.luau").connect(10, 1, MACHINE, 80).opened(11, 1, CLIENT, SERVER).send(12, 1, bytesOf("one")).close(14, 1);
    client.connect(61_010, 2, MACHINE, 80).opened(61_011, 2, CLIENT, SERVER).send(61_012, 2, bytesOf("two"));
    const { items } = inTurn([server.run(1), client.run(2)]);
    const pieces = items.filter((item) => item.shape === "arrow" && item.kind === "bytes") as Arrow[];
    expect(pieces.map(({ ends, piece }) => [text(piece?.bytes ?? new Uint8Array()), ends])).toEqual([
      [
        "one",
        [
          { run: 2, connection: 1 },
          { run: 1, connection: 1 },
        ],
      ],
      [
        "two",
        [
          { run: 2, connection: 2 },
          { run: 1, connection: 2 },
        ],
      ],
    ]);
  });

  test("an end whose other end was not seen is not taken for another one with the same ports", () => {
    const client = new ProgramTeller("client.luau").connect(10, 1, MACHINE, 80).opened(11, 1, CLIENT, SERVER).send(12, 1, bytesOf("lost")).close(14, 1);
    const server = new ProgramTeller("server.luau").accepted(61_011, 1, 1, SERVER, CLIENT).arrive(61_013, 1, bytesOf("other"));
    const found = lines(inTurn([client.run(1), server.run(2)])).filter((line) => line.includes("bytes"));
    expect(found).toEqual(['client>Anna: bytes arrived "lost"', 'Anna>server: bytes arrived "other"']);
  });

  test("a program talks to itself, and accepts after the other end has closed", () => {
    const self = new ProgramTeller("self.luau").connect(1, 1, MACHINE, 80).opened(2, 1, CLIENT, SERVER).send(3, 1, bytesOf("me")).close(4, 1);
    self.accepted(50, 2, 1, SERVER, CLIENT).arrive(51, 2, bytesOf("me")).receive(52, 2).end(53, 2).endTold(54, 2);
    expect(lines(ladderOf([self.run(1)]))).toEqual(["self>self: connect arrived", 'self>self: bytes received "me"', "self>self: end received"]);
  });

  test("an IPv4 address in the form of IPv6 is the same address", () => {
    const server = new ProgramTeller("server.luau").accepted(
      1,
      1,
      1,
      { address: `::ffff:${MACHINE}`, port: 80 },
      { address: `::ffff:${MACHINE}`, port: 50_000 },
    );
    const client = new ProgramTeller("client.luau").connect(0, 1, MACHINE, 80).opened(2, 1, CLIENT, SERVER);
    expect(ladderOf([server.run(1), client.run(2)]).connections.map(({ peer, state }) => [peer, state])).toEqual([
      ["run 1", "open"],
      ["run 2", "open"],
    ]);
  });

  test("a reset is one arrow, and so is a close that the other end sees as a reset", () => {
    const server = new ProgramTeller("server.luau").accepted(11, 1, 1, SERVER, CLIENT).close(20, 1, "abort", { line: 7 });
    server.accepted(41, 2, 1, SERVER, { ...CLIENT, port: 50_001 }).close(50, 2, "close", { unread: 3 });
    const client = new ProgramTeller("client.luau").connect(10, 1, MACHINE, 80).opened(11, 1, CLIENT, SERVER).broken(21, 1);
    client
      .connect(40, 2, MACHINE, 80)
      .opened(41, 2, { ...CLIENT, port: 50_001 }, SERVER)
      .broken(51, 2);
    const expected = [
      "client>server: connect arrived",
      "server>client: reset arrived",
      "client>server: connect arrived",
      "server>client: reset arrived !closed-early",
    ];
    expect(lines(inTurn([server.run(1), client.run(2)]))).toEqual(expected);
    expect(lines(inTurn([client.run(1), server.run(2)]))).toEqual(expected);
  });
});

test("offsets that were told before are not told again, and a gap stays one", () => {
  const client = new ProgramTeller("client.luau").connect(0, 1, MACHINE, 80).opened(1, 1, { address: MACHINE, port: 50_000 }, { address: OUTSIDE, port: 80 });
  const send = (ms: number, offset: number, data: string): void => {
    const bytes = bytesOf(data);
    client.add({ type: "send", at: BEGINNING + ms, connection: 1, offset, size: bytes.length, asked: bytes.length, bytes });
  };
  send(2, 0, "abcd");
  send(3, 2, "cdef");
  send(4, 1, "bc");
  send(5, 10, "xy");
  const pieces = ladderOf([client.run(1)]).items.flatMap((item) =>
    item.shape === "arrow" && item.piece ? `${item.piece.offset} ${text(item.piece.bytes)}` : [],
  );
  expect(pieces).toEqual(["0 abcd", "4 ef", "10 xy"]);
});

test("parts of a send stand in the order of their bytes, in whichever they were cut", () => {
  const [local, remote] = [
    { address: MACHINE, port: 50_000 },
    { address: MACHINE, port: 80 },
  ];
  const client = new ProgramTeller("client.luau").connect(0, 1, MACHINE, 80).opened(1, 1, local, remote);
  client.send(2, 1, bytesOf("abcdefgh"), { held: true }).leave(3, 1, 0, 4).leave(4, 1, 4, 4);
  const server = new ProgramTeller("server.luau").accepted(1, 1, 1, remote, local).arrive(5, 1, bytesOf("abc")).arrive(6, 1, bytesOf("defgh"));
  const pieces = ladderOf([client.run(1), server.run(2)]).items.flatMap((item) => (item.shape === "arrow" && item.piece ? text(item.piece.bytes) : []));
  expect(pieces).toEqual(["abc", "d", "efgh"]);
});

describe("what leads somewhere", () => {
  test("a callback has what it printed", () => {
    const ladder = ladderOf(sampleRuns());
    const sent = ladder.items.filter((item): item is Arrow => item.shape === "arrow" && item.sender?.place?.line === 8);
    expect(sent.map(({ sender, piece }) => [sender?.place?.line, piece?.send?.part, piece?.send?.of])).toEqual([
      [8, 1, 3],
      [8, 2, 3],
      [8, 3, 3],
    ]);
    const printed = ladder.printedIn(1, sent[2]?.receiver?.entry ?? 0).map((id) => ladder.item(id) as Mark);
    expect(printed.map((mark) => mark.text)).toEqual(["35 bytes"]);
    expect(ladder.printedIn(2, 99)).toEqual([]);
  });

  test("lines that have sent bytes are known, of the last run of each program, while their arrows are there", () => {
    const capture = new Capture();
    const run = (teller: ProgramTeller): number => {
      const id = capture.beginRun(teller.file, BEGINNING);
      capture.add(id, teller.events);
      return id;
    };
    const lines = (): unknown => Object.fromEntries(capture.ladder.sentLines);
    const [local, remote] = [
      { address: MACHINE, port: 40_000 },
      { address: MACHINE, port: 80 },
    ];
    const client = (): ProgramTeller => new ProgramTeller("client.luau").connect(0, 1, MACHINE, 80, 2).opened(1, 1, local, remote);
    run(client().send(2, 1, bytesOf("a"), { line: 9 }).send(3, 1, bytesOf("b"), { line: 5 }).send(4, 1, bytesOf("c"), { line: 9 }));
    run(new ProgramTeller("server.luau").accepted(1, 1, 1, remote, local).arrive(2, 1, bytesOf("abc")).send(5, 1, bytesOf("d"), { line: 7 }));
    expect(lines()).toEqual({ "client.luau": [5, 9], "server.luau": [7] });
    const before = capture.ladder.sentLines;
    expect(capture.ladder.sentLines).toBe(before);
    // What took nothing, connects and closes have sent none.
    const again = run(client().send(2, 1, bytesOf(""), { line: 3, asked: 4 }).close(3, 1, "close", { line: 4 }));
    expect(lines()).toEqual({ "server.luau": [7] });
    capture.add(again, client().send(2, 1, bytesOf("x"), { line: 6 }).events.slice(-1));
    expect(lines()).toEqual({ "client.luau": [6], "server.luau": [7] });
    capture.clear();
    expect(lines()).toEqual({});
  });

  test("a connect has the callbacks that were given the connection, and what they printed", () => {
    const [local, remote] = [
      { address: MACHINE, port: 40_000 },
      { address: MACHINE, port: 80 },
    ];
    const client = new ProgramTeller("client.luau").connect(0, 1, MACHINE, 80, 2).opened(1, 1, local, remote).announced(2, 1, 3).printed(3, "I am in");
    const server = new ProgramTeller("server.luau").accepted(1, 1, 1, remote, local).announced(4, 1, 7).printed(5, "welcome");
    for (const runs of [
      [client.run(1), server.run(2)],
      [server.run(1), client.run(2)],
    ]) {
      const ladder = inTurn(runs);
      const run = (file: string): number => ladder.lifelines.find(({ name }) => name === file)?.run ?? 0;
      const [connect] = ladder.items as [Arrow];
      expect([connect.sender, connect.opener, connect.receiver].map((site) => site?.place)).toEqual([
        { file: "client.luau", line: 2 },
        { file: "client.luau", line: 3 },
        { file: "server.luau", line: 7 },
      ]);
      const texts = (file: string, entry = 0): unknown[] => ladder.printedIn(run(file), entry).map((id) => (ladder.item(id) as Mark).text);
      expect(texts("client.luau", connect.opener?.entry)).toEqual(["I am in"]);
      expect(texts("server.luau", connect.receiver?.entry)).toEqual(["welcome"]);
    }
  });

  test("typed fields go with their part of the bytes, as written and as read", () => {
    const arrows = ladderOf(sampleRuns()).items.filter((item) => item.shape === "arrow");
    const packet = arrows.find(({ piece }) => piece?.written.length === 2)?.piece;
    expect(packet?.written).toEqual([
      { offset: 0, size: 2, format: "U16", value: 258 },
      { offset: 2, size: 9, format: "String", value: "hello" },
    ]);
    expect(packet?.read).toEqual(packet?.written);
    const [ping] = arrows.filter(({ piece }) => piece && text(piece.bytes) === "ping\n");
    expect(ping?.piece?.read).toEqual([]);
  });

  test("a field that two arrivals share is cut, and has its value once", () => {
    expect(fieldsBetween([{ offset: 0, size: 4, format: "U32", value: 7 }], 10, 12, 20)).toEqual([{ offset: 0, size: 2, format: "U32" }]);
    expect(fieldsBetween([{ offset: 0, size: 4, format: "U32", value: 7 }], 10, 8, 12)).toEqual([{ offset: 2, size: 2, format: "U32", value: 7 }]);
  });

  test("a connection has its bytes, its state and its gauges; of many gauges the peaks stay", () => {
    const client = new ProgramTeller("client.luau").connect(0, 1, MACHINE, 80).opened(1, 1, { address: MACHINE, port: 50_000 }, { address: OUTSIDE, port: 80 });
    client.send(2, 1, bytesOf("1234")).arrive(3, 1, bytesOf("56"));
    for (let index = 0; index < 5_000; index += 1) client.gauge(10 + index, 1, { sendBuffer: index === 40 ? 9_999 : index % 7 });
    const [connection] = ladderOf([client.run(1)]).connections;
    expect(connection).toMatchObject({ program: "run 1", peer: `address ${OUTSIDE}`, direction: "out", state: "open", bytesOut: 4, bytesIn: 2 });
    const gauges = connection?.gauges ?? [];
    expect(gauges.length).toBeGreaterThan(MAX_GAUGES / 2);
    expect(gauges.length).toBeLessThanOrEqual(MAX_GAUGES);
    expect(gauges.some((gauge) => gauge.sendBuffer === 9_999)).toBe(true);
    expect(gauges.map(({ at }) => at)).toEqual(gauges.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(gauges.at(-1)?.sendBuffer).toBe(4_999 % 7);
  });
});
