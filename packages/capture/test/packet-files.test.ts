import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Arrow, captureOf, MAX_CAPTURE_EVENTS, type ReadCapture, readPcapng, writePcapng } from "@playground/capture";
import { ACK, FIN, ipPacket, RST, SYN } from "../src/pcapng/ip-packet.ts";
import { sampleRuns } from "./support/sample.ts";

const CLIENT = { address: "10.0.0.1", port: 50_000 };
const SERVER = { address: "10.0.0.2", port: 80 };
const CLIENT_6 = { address: "2001:db8::1", port: 50_000 };
const SERVER_6 = { address: "2001:db8::2", port: 80 };

interface Sent {
  readonly isServer?: boolean;
  readonly flags?: number;
  readonly sequence: number;
  readonly text?: string;
  readonly isIpv6?: boolean;
}

/** The bytes of an IP packet. */
function packet({ isServer = false, flags = ACK, sequence, text = "", isIpv6 = false }: Sent): Uint8Array {
  const [client, server] = isIpv6 ? [CLIENT_6, SERVER_6] : [CLIENT, SERVER];
  const bytes = new TextEncoder().encode(text);
  const [from, to] = isServer ? [server, client] : [client, server];
  return ipPacket({ from, to, flags, sequence, acknowledgement: 0, size: bytes.length, bytes, identification: 0 }).bytes;
}

/** A file of the older pcap. */
function pcap(linkType: number, packets: readonly Uint8Array[], { isLittle = true, magic = 0xa1b2_c3d4 } = {}): Uint8Array {
  const header = Buffer.alloc(24);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  view.setUint32(0, magic, isLittle);
  view.setUint32(20, linkType, isLittle);
  const records = packets.map((bytes, index) => {
    const record = Buffer.alloc(16);
    const fields = new DataView(record.buffer, record.byteOffset, record.byteLength);
    for (const [place, value] of [1_795_000_000, 1_000 * index, bytes.length, bytes.length].entries()) fields.setUint32(4 * place, value, isLittle);
    return Buffer.concat([record, bytes]);
  });
  return Uint8Array.from(Buffer.concat([header, ...records]));
}

/** What the ladder has of bytes: text and what became of it. */
function pieces({ runs }: ReadCapture): string[] {
  const { items } = captureOf(runs).ladder;
  return items.flatMap((item) =>
    item.shape === "arrow" && item.piece ? `${item.piece.offset}+${item.piece.size} ${Buffer.from(item.piece.bytes).toString()}` : [],
  );
}

function timesOf(file: Uint8Array): number[] {
  return [...new Set(readPcapng(file).runs[0]?.events.map(({ at }) => at))];
}

const HANDSHAKE: readonly Sent[] = [
  { flags: SYN, sequence: 4_294_967_290 },
  { isServer: true, flags: SYN | ACK, sequence: 100 },
];

function rawFile(...sent: readonly Sent[]): Uint8Array {
  return pcap(101, sent.map(packet));
}

const zeros = (count: number): number[] => Array<number>(count).fill(0);

/** Puts a header in front. */
const behind =
  (...head: readonly number[]) =>
  (bytes: Uint8Array) =>
    Uint8Array.of(...head, ...bytes);

describe("kinds of links", () => {
  const v4 = packet({ sequence: 1, text: "four" });
  const v6 = packet({ sequence: 1, text: "six!", isIpv6: true });

  test.each([
    ["raw IP", 101, (bytes: Uint8Array) => bytes, (bytes: Uint8Array) => bytes],
    ["Ethernet", 1, behind(...zeros(12), 0x08, 0x00), behind(...zeros(12), 0x86, 0xdd)],
    ["Ethernet with a VLAN", 1, behind(...zeros(12), 0x81, 0x00, 0, 7, 0x08, 0x00), behind(...zeros(12), 0x81, 0x00, 0, 7, 0x86, 0xdd)],
    ["Linux cooked", 113, behind(...zeros(14), 0x08, 0x00), behind(...zeros(14), 0x86, 0xdd)],
    ["Linux cooked, version 2", 276, behind(0x08, 0x00, ...zeros(18)), behind(0x86, 0xdd, ...zeros(18))],
    ["loopback, little-endian", 0, behind(2, 0, 0, 0), behind(30, 0, 0, 0)],
    ["loopback, big-endian", 108, behind(0, 0, 0, 2), behind(0, 0, 0, 24)],
  ])("%s", (_name, linkType, four, six) => {
    expect(pieces(readPcapng(pcap(linkType, [four(v4), six(v6), new Uint8Array(3), four(new Uint8Array(8))])))).toEqual(["0+4 four", "0+4 six!"]);
  });

  test("others are named", () => {
    expect(() => readPcapng(pcap(127, [v4]))).toThrow(
      expect.objectContaining({ code: "unknown-link-type", message: expect.stringContaining("is 127") as string }),
    );
  });
});

describe("streams from packets", () => {
  test("bytes are in their order, once each, over the end of the sequence numbers", () => {
    const read = readPcapng(
      rawFile(
        ...HANDSHAKE,
        { sequence: 4_294_967_291, text: "abc" },
        { sequence: 3, text: "ijk" },
        { sequence: 4_294_967_291, text: "abcde" },
        { sequence: 0, text: "fgh" },
        { isServer: true, sequence: 101, text: "ok" },
        { flags: FIN | ACK, sequence: 6 },
        { isServer: true, flags: RST, sequence: 103 },
      ),
    );
    // The client's next byte after 4294967291 + 5 = 2^32 has number 0.
    expect(pieces(read)).toEqual(["0+3 abc", "3+2 de", "5+3 fgh", "8+3 ijk", "0+2 ok"]);
    const arrows = captureOf(read.runs).ladder.items.filter((item): item is Arrow => item.shape === "arrow");
    expect(arrows.map(({ kind, from, to, state }) => [kind, from, to, state]).at(-1)).toEqual(["reset", "run 2", "run 1", "arrived"]);
    expect(read.runs.map(({ file }) => file)).toEqual(["10.0.0.1", "10.0.0.2"]);
  });

  test("what a capture has missed is a gap in the offsets", () => {
    expect(pieces(readPcapng(rawFile(...HANDSHAKE, { sequence: 4_294_967_291, text: "ab" }, { sequence: 7, text: "cd" })))).toEqual(["0+2 ab", "12+2 cd"]);
  });

  test("a capture that begins in the middle takes the higher port for the one that connected", () => {
    const read = readPcapng(rawFile({ isServer: true, sequence: 900, text: "answer" }, { sequence: 7, text: "ask" }));
    expect(pieces(read)).toEqual(["0+6 answer", "0+3 ask"]);
    expect(captureOf(read.runs).ladder.connections.map(({ direction, peer }) => [direction, peer])).toEqual([
      ["out", "run 2"],
      ["in", "run 1"],
    ]);
  });

  test("a refused connection, and one that follows by the same ports", () => {
    const syn = { flags: SYN, sequence: 10 };
    const read = readPcapng(
      rawFile(syn, { isServer: true, flags: RST | ACK, sequence: 0 }, syn, { isServer: true, flags: SYN | ACK, sequence: 5 }, { sequence: 11, text: "hi" }),
    );
    const { items } = captureOf(read.runs).ladder;
    expect(items.flatMap((item) => (item.shape === "arrow" ? `${item.kind} ${item.state}` : []))).toEqual([
      "connect refused",
      "connect arrived",
      "bytes arrived",
    ]);
  });

  test("more packets than there is room for are cut, and it is said", () => {
    const read = readPcapng(
      rawFile(...HANDSHAKE, ...Array.from({ length: MAX_CAPTURE_EVENTS }, (_, index) => ({ sequence: 4_294_967_291 + index, text: "x" }))),
    );
    expect(read.isCut).toBe(true);
    const events = read.runs.reduce((count, run) => count + run.events.length, 0);
    expect(events).toBeGreaterThan(MAX_CAPTURE_EVENTS - 6);
    expect(events).toBeLessThanOrEqual(MAX_CAPTURE_EVENTS);
  });
});

test("both orders of bytes, and both units of time", () => {
  const packets = [packet({ sequence: 1, text: "a" }), packet({ sequence: 2, text: "b" })];
  expect(timesOf(pcap(101, packets))).toEqual([1_795_000_000_000, 1_795_000_000_001]);
  expect(timesOf(pcap(101, packets, { isLittle: false }))).toEqual([1_795_000_000_000, 1_795_000_000_001]);
  expect(timesOf(pcap(101, packets, { magic: 0xa1b2_3c4d }))).toEqual([1_795_000_000_000, 1_795_000_000_000.001]);
});

test("what Wireshark's editcap makes of a file, in other formats, has the same bytes", () => {
  const folder = mkdtempSync(join(tmpdir(), "capture-"));
  try {
    const file = join(folder, "capture.pcapng");
    writeFileSync(file, writePcapng(sampleRuns(), { section: "", application: "", comment: () => undefined }));
    const expected = pieces({ runs: sampleRuns(), from: "events", isCut: false }).length;
    for (const format of ["pcap", "nsecpcap", "pcapng"]) {
      const other = join(folder, `other.${format}`);
      execFileSync("editcap", ["-F", format, file, other]);
      const read = readPcapng(new Uint8Array(readFileSync(other)));
      expect(read.from).toBe("packets");
      expect(pieces(read).length).toBeGreaterThan(expected / 2);
      expect(read.runs[0]?.at).toBeCloseTo(1_795_000_000_010.25, 2);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("files that cannot be read", () => {
  const section = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000";
  const interfaceOf = "01000000 14000000 6500 0000 00000000 14000000";

  test.each([
    ["", "not-pcapng", "has 0 bytes"],
    ["89504e47", "not-pcapng", "begins with 0x89504e47"],
    ["0a0d0d0a 1c000000", "cut", "block at byte 0 has 12 bytes; 8 are left"],
    ["0a0d0d0a 1c000000 00000000 01000000", "invalid", "byte order 0x0"],
    [section.slice(0, 40), "cut", "has 28 bytes"],
    [`${section} 06000000 0d000000 00000000 00`, "invalid", "block at byte 28 has the length 13"],
    [`${section} 06000000 04000000 00000000`, "invalid", "block at byte 28 has the length 4"],
    [`${section} 06000000 10000000 00000000 10000000`, "invalid", "has 4 bytes; 20 are needed"],
    [`${section} 06000000 20000000 00000000 00000000 00000000 00000000 00000000 20000000`, "invalid", "is of interface 0 of 0"],
    [`${section} ${interfaceOf} 06000000 20000000 00000000 00000000 00000000 05000000 05000000 20000000`, "invalid", "25 are needed"],
    [`${section} ${interfaceOf}`, "no-tcp", "has 0 packets"],
    ["d4c3b2a1 0000", "cut", "24 bytes; 6 are left"],
  ])("%s", (bytes, code, message) => {
    const file = Uint8Array.from(Buffer.from(bytes.replaceAll(" ", ""), "hex"));
    expect(() => readPcapng(file)).toThrow(expect.objectContaining({ name: "CaptureError", code, message: expect.stringContaining(message) as string }));
  });
});
