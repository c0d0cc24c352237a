import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Capture,
  CaptureError,
  type CapturedRun,
  captureOf,
  MAX_CAPTURE_BYTES,
  type PacketCause,
  type PcapngTexts,
  readPcapng,
  writePcapng,
} from "@playground/capture";
import { rounds } from "../../../scripts/rounds.ts";
import { BEGINNING, bytesOf, ProgramTeller } from "./support/program-teller.ts";
import { anyExchange, type RandomExchange, runsOfExchanges, sentBytes } from "./support/random-exchange.ts";
import { MACHINE, sampleRuns } from "./support/sample.ts";
import { capinfos, followedStreams, packetFields, wrongPackets } from "./support/tshark.ts";

const SECTION = "Заголовки восстановлены по тому, что делали программы";

const TEXTS: PcapngTexts = {
  section: SECTION,
  application: "Zone Playground",
  comment: ({ kind, sender, receiver }: PacketCause) => {
    const places = [sender && `отправил ${sender.file}:${sender.line}`, receiver && `получил ${receiver.file}:${receiver.line}`].filter(Boolean);
    return places.length > 0 ? `${kind}: ${places.join(", ")}` : undefined;
  },
  nameOf: (address) => (address === MACHINE ? "Анна" : undefined),
};

const LOCAL = { address: MACHINE, port: 40_001 };
const REMOTE = { address: MACHINE, port: 80 };

/** A client's program that has connected. */
function connected(): ProgramTeller {
  return new ProgramTeller("client.luau").connect(0, 1, MACHINE, 80).opened(1, 1, LOCAL, REMOTE);
}

/** Source port, flags, sequence number, acknowledgement, length and comment of each packet. */
function packetsOf(runs: readonly CapturedRun[]): string[] {
  const file = writePcapng(runs, TEXTS);
  expect(wrongPackets(file)).toEqual([]);
  const fields = ["tcp.stream", "tcp.srcport", "tcp.flags.str", "tcp.seq_raw", "tcp.ack_raw", "tcp.len", "frame.comment"];
  return packetFields(file, fields).map((values) => values.join(" ").replaceAll("·", "").trim());
}

/** The file as another program might have made it: without our events. */
function withoutEvents(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer);
  const kept: Uint8Array[] = [];
  for (let position = 0; position < file.length; position += view.getUint32(position + 4, true)) {
    if (view.getUint32(position, true) < 0x8000_0000) kept.push(file.subarray(position, position + view.getUint32(position + 4, true)));
  }
  return Uint8Array.from(Buffer.concat(kept));
}

/** What each connection carried, by the ladder: of the side that connected, then of the other. */
function carried(runs: readonly CapturedRun[]): { readonly client: Buffer; readonly server: Buffer }[] {
  const { items } = captureOf(runs).ladder;
  const streams = new Map<string, { readonly from: string; readonly client: Uint8Array[]; readonly server: Uint8Array[] }>();
  for (const item of items) {
    if (item.shape !== "arrow") continue;
    const key = JSON.stringify([item.ends[0], item.local?.port === 80 ? item.remote : item.local]);
    if (item.kind === "connect") streams.set(key, { from: item.from, client: [], server: [] });
    if (item.kind === "bytes" && item.piece) streams.get(key)?.[item.local?.port === 80 ? "server" : "client"].push(item.piece.bytes);
  }
  return [...streams.values()].map(({ client, server }) => ({ client: Buffer.concat(client), server: Buffer.concat(server) }));
}

describe("the sample", () => {
  test("is packets that tshark finds nothing wrong with", () => {
    expect(packetsOf(sampleRuns())).toMatchInlineSnapshot(`
      [
        "0 40001 S 0 0 0 connect: отправил client.luau:2",
        "0 8080 AS 0 1 0",
        "0 40001 A 1 1 0",
        "0 40001 AP 1 1 55 bytes: отправил client.luau:8, получил server.luau:5",
        "0 40001 AP 56 1 5 bytes: отправил client.luau:12, получил server.luau:5",
        "0 40001 AP 61 1 11 bytes: отправил client.luau:13, получил server.luau:5",
        "0 8080 AP 1 72 5 bytes: отправил server.luau:6, получил client.luau:16",
        "1 51000 S 0 0 0",
        "1 8080 AS 0 1 0",
        "1 51000 A 1 1 0",
        "1 51000 AP 1 1 5 bytes: получил server.luau:5",
        "1 51000 AP 6 1 8 bytes: получил server.luau:5",
        "1 8080 AP 1 14 13 bytes: отправил server.luau:6",
        "1 51000 AF 14 14 0",
        "1 8080 A 14 15 0",
        "1 8080 AF 14 15 0 end: отправил server.luau:10",
        "1 51000 A 15 15 0",
        "2 49154 S 0 0 0 connect: отправил client.luau:20",
        "2 8081 AR 0 1 0",
        "0 40001 AP 72 6 4 bytes: отправил client.luau:24, получил server.luau:5",
        "0 40001 AP 76 6 4 bytes: отправил client.luau:24, получил server.luau:5",
        "0 40001 AP 80 6 3 bytes: отправил client.luau:24, получил server.luau:5",
        "0 40001 AP 83 6 5 bytes: отправил client.luau:30, получил server.luau:5",
        "0 8080 AP 6 88 4 bytes: отправил server.luau:6",
        "0 40001 AF 88 10 0 end: отправил client.luau:40",
        "0 8080 A 10 89 0",
        "0 8080 AF 10 89 0 end: отправил server.luau:10",
        "0 40001 A 89 11 0",
        "3 51002 S 0 0 0",
        "3 8080 AS 0 1 0",
        "3 51002 A 1 1 0",
        "3 51002 AP 1 1 1 bytes: получил server.luau:5",
        "3 51002 AR 2 1 0",
        "4 40003 S 0 0 0 connect: отправил client.luau:50",
        "4 8080 AS 0 1 0",
        "4 40003 A 1 1 0",
      ]
    `);
  });

  test("has its bytes by follow-stream, its names, and says what it is", () => {
    const file = writePcapng(sampleRuns(), TEXTS);
    const [chat, netcat] = followedStreams(file, 5);
    expect(chat?.client.toString()).toBe("Мороз и солнце; день чудесный!\nping\n\u0002\u0001\u0005\0\0\0helloslow bytes\ntaken");
    expect(chat?.server.toString()).toBe("pong\nbye?");
    expect(netcat?.client.toString()).toBe("привет\n");
    expect(netcat?.server.toString()).toBe("привет\n");
    expect(packetFields(file, ["ip.src_host"], "frame.number == 1", ["-N", "n"])).toEqual([["Анна"]]);
    const about = capinfos(file);
    expect(about).toContain(SECTION);
    expect(about).toContain("Raw IP");
    // Its clock is the capture's.
    expect(packetFields(file, ["frame.time_epoch"], "frame.number == 1")).toEqual([["1795000000.010250000"]]);
  });

  test("is given back exactly, and as packets where the events are missing", () => {
    const file = writePcapng(sampleRuns(), TEXTS);
    expect(readPcapng(file)).toEqual({ runs: sampleRuns(), from: "events", isCut: false });
    const read = readPcapng(withoutEvents(file));
    expect(read).toMatchObject({ from: "packets", isCut: false });
    expect(read.runs.map((run) => run.file)).toEqual([MACHINE, "127.0.0.1"]);
    const ladder = captureOf(read.runs).ladder.items.flatMap((item) => (item.shape === "arrow" ? `${item.kind} ${item.state}` : []));
    expect(ladder).toEqual([
      "connect arrived",
      ...Array<string>(4).fill("bytes arrived"),
      "connect arrived",
      ...Array<string>(3).fill("bytes arrived"),
      "end arrived",
      "end arrived",
      "connect refused",
      ...Array<string>(5).fill("bytes arrived"),
      "end arrived",
      "end arrived",
      "connect arrived",
      "bytes arrived",
      "reset arrived",
      "connect arrived",
    ]);
  });
});

describe("how a connection ends", () => {
  test("half a close, after which the other side goes on", () => {
    const server = new ProgramTeller("server.luau").accepted(0, 1, 1, REMOTE, LOCAL).arrive(1, 1, bytesOf("GET\n")).end(2, 1);
    server.send(3, 1, bytesOf("answer"), { line: 4 }).close(4, 1, "close", { line: 5 });
    expect(packetsOf([server.run(1)])).toEqual([
      "0 40001 S 0 0 0",
      "0 80 AS 0 1 0",
      "0 40001 A 1 1 0",
      "0 40001 AP 1 1 4",
      "0 40001 AF 5 1 0",
      "0 80 A 1 6 0",
      "0 80 AP 1 6 6 bytes: отправил server.luau:4",
      "0 80 AF 7 6 0 end: отправил server.luau:5",
      "0 40001 A 6 8 0",
    ]);
  });

  test("resets of either side, and one on which both agree", () => {
    expect(packetsOf([connected().send(2, 1, bytesOf("x"), { line: 4 }).close(3, 1, "abort", { line: 5 }).run(1)]).slice(3)).toEqual([
      "0 40001 AP 1 1 1 bytes: отправил client.luau:4",
      "0 40001 AR 2 1 0 reset: отправил client.luau:5",
    ]);
    expect(packetsOf([connected().broken(3, 1).run(1)]).slice(3)).toEqual(["0 80 AR 1 1 0"]);
    const server = new ProgramTeller("server.luau").accepted(1, 1, 1, REMOTE, LOCAL).broken(4, 1);
    expect(packetsOf([connected().close(3, 1, "abort").run(1), server.run(2)]).slice(3)).toEqual(["0 40001 AR 1 1 0 reset: отправил client.luau:1"]);
  });

  test("refused, timed out, and never asked of the network", () => {
    const client = new ProgramTeller("client.luau").connect(0, 1, MACHINE, 81, 3).failed(1, 1, "connection-refused");
    client.connect(10, 2, "far.example", 80, 4).failed(5_000, 2, "timed-out").connect(6_000, 3, "nowhere", 80).failed(6_001, 3, "unknown-host");
    const runs = [client.run(1)];
    expect(packetsOf(runs)).toEqual(["0 49152 S 0 0 0 connect: отправил client.luau:3", "0 81 AR 0 1 0", "1 49153 S 0 0 0 connect: отправил client.luau:4"]);
    // The host's address was never known: it has one for documents, and its name.
    expect(packetFields(writePcapng(runs, TEXTS), ["ip.dst", "ip.dst_host"], "tcp.stream == 1", ["-N", "n"])).toEqual([["192.0.2.1", "far.example"]]);
  });
});

test("long sends are segments, and bytes that gave way are there as length", () => {
  const capture = new Capture();
  const run = capture.beginRun("client.luau", BEGINNING);
  const big = new Uint8Array(100_000).map((_, index) => index % 251);
  const client = connected().send(2, 1, big).send(3, 1, bytesOf("middle"));
  capture.add(run, client.events);
  const file = writePcapng(capture.runs, TEXTS);
  expect(wrongPackets(file)).toEqual([]);
  const sizes = packetFields(file, ["tcp.len"], "tcp.len > 0").map(([size]) => Number(size));
  expect([Math.max(...sizes), sizes.length]).toEqual([1_448, 71]);
  expect(followedStreams(file, 1)[0]?.client).toEqual(Buffer.concat([big, bytesOf("middle")]));
  // Other runs need the room.
  const other = new ProgramTeller("other.luau");
  for (let index = 0; index < 40; index += 1) other.send(index, 1, new Uint8Array(MAX_CAPTURE_BYTES / 32));
  capture.add(capture.beginRun("other.luau", BEGINNING), other.events);
  const cut = writePcapng(
    capture.runs.filter((one) => one.run === run),
    TEXTS,
  );
  expect(wrongPackets(cut)).toEqual([]);
  const lengths = packetFields(cut, ["tcp.seq_raw", "tcp.len", "frame.cap_len"], "tcp.len > 0");
  expect(lengths.slice(0, 2)).toEqual([
    ["1", "1448", "104"],
    ["1449", "1448", "40"],
  ]);
  expect(lengths.at(-1)).toEqual(["100001", "6", "46"]);
});

test("ten thousand packets of two hundred connections", () => {
  const client = new ProgramTeller("client.luau");
  const server = new ProgramTeller("server.luau");
  for (let connection = 1; connection <= 200; connection += 1) {
    const local = { address: MACHINE, port: 40_000 + connection };
    client.connect(connection, connection, MACHINE, 80).opened(connection, connection, local, REMOTE);
    server.accepted(connection, connection, 1, REMOTE, local);
    for (let index = 0; index < 47; index += 1) {
      client.send(300 + index, connection, bytesOf(`${connection}.${index};`));
      server.arrive(301 + index, connection, bytesOf(`${connection}.${index};`));
    }
  }
  const file = writePcapng([client.run(1), server.run(2)], TEXTS);
  expect(wrongPackets(file)).toEqual([]);
  const streams = packetFields(file, ["tcp.stream"]).map(([stream]) => Number(stream));
  expect([streams.length, new Set(streams).size]).toEqual([10_000, 200]);
  const last = followedStreams(file, 200).at(-1);
  expect(last?.client.toString()).toBe(Array.from({ length: 47 }, (_, index) => `200.${index};`).join(""));
});

test("random exchanges go to tshark, and come back from events and from packets", () => {
  const exchanges: readonly RandomExchange[] = fc.sample(anyExchange, { numRuns: rounds({ short: 60, full: 1_000 }), seed: 17 });
  const runs = runsOfExchanges(exchanges);
  const file = writePcapng(runs, TEXTS);
  expect(wrongPackets(file)).toEqual([]);
  const expected = exchanges.map(sentBytesOf);
  expect(followedStreams(file, exchanges.length)).toEqual(expected);
  expect(readPcapng(file).runs).toEqual(runs);
  expect(carried(readPcapng(withoutEvents(file)).runs)).toEqual(expected);
});

/** After half a close, all that follows is the server's. */
function sentBytesOf(exchange: RandomExchange): ReturnType<typeof sentBytes> {
  if (exchange.ending !== "half-close") return sentBytes(exchange);
  const half = Math.floor(exchange.steps.length / 2);
  return sentBytes({ ...exchange, steps: exchange.steps.map((step, index) => (index < half ? step : { ...step, isClient: false })) });
}

describe("files that others made", () => {
  test("changed bytes are a capture or a CaptureError", () => {
    const whole = writePcapng(sampleRuns(), TEXTS);
    for (const sample of [whole, withoutEvents(whole)]) {
      const change = fc.tuple(fc.nat({ max: sample.length - 1 }), fc.nat({ max: 255 }));
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat({ max: sample.length }), fc.boolean(), (changes, length, isCut) => {
          const bytes = sample.slice(0, isCut ? length : sample.length);
          for (const [index, value] of changes) if (index < bytes.length) bytes[index] = value;
          try {
            const { items } = captureOf(readPcapng(bytes).runs).ladder;
            expect(items.length).toBeGreaterThan(0);
          } catch (error) {
            if (!(error instanceof CaptureError)) throw error;
          }
        }),
        { numRuns: rounds({ short: 500, full: 20_000 }) },
      );
    }
  });
});
