import type { Endpoint } from "@playground/network";
import type { CapturedRun } from "../captured-run.ts";
import { encodeEvents } from "../codec/capture-codec.ts";
import {
  APPLICATION_OPTION,
  BlockWriter,
  BYTE_ORDER_MAGIC,
  COMMENT_OPTION,
  ENHANCED_PACKET,
  INTERFACE_DESCRIPTION,
  INTERFACE_NAME_OPTION,
  NAME_RECORD_IPV4,
  NAME_RECORD_IPV6,
  NAME_RESOLUTION,
  option,
  SECTION_HEADER,
  textOption,
  u32s,
} from "./blocks.ts";
import { EVENTS_BLOCK, EVENTS_MAGIC, EVENTS_PART_BYTES } from "./events-block.ts";
import { addressBytes, ipPacket } from "./ip-packet.ts";
import { type Side, type Stream, streamsOf } from "./sides.ts";
import { type PacketCause, streamPackets } from "./stream-packets.ts";

/** LINKTYPE_RAW: packets begin with the header of IPv4 or IPv6. */
const LINKTYPE_RAW = 101;

/** Addresses that RFC 5737 keeps for documents: hosts whose addresses were never known have them in the file. */
const NAMELESS_PREFIX = "192.0.2.";
const NAMELESS_ADDRESSES = 254;

/** The first port of those that systems give out by themselves; connections that never had one get theirs from here on. */
const FIRST_MADE_UP_PORT = 49_152;
const MADE_UP_PORTS = 16_384;

/** Texts of a file for people, in their language. */
export interface PcapngTexts {
  /** Says of the whole file that headers are rebuilt from what programs did, and what is not in it. */
  readonly section: string;
  /** The program that wrote it, with its version. */
  readonly application: string;
  /** Says of a packet which line of which script made it and had it; undefined: nothing. */
  comment(cause: PacketCause): string | undefined;
  /** The name of an address, for Wireshark's names; undefined: none. */
  nameOf?(address: string): string | undefined;
}

/** A file of packets that Wireshark opens: of each connection those that it may have had. The events themselves go along, and `readPcapng` gives them back. */
export function writePcapng(runs: readonly CapturedRun[], texts: PcapngTexts): Uint8Array {
  const writer = new BlockWriter();
  const addresses = new Addresses(runs);
  const packets = streamsOf(runs)
    .flatMap((stream, index) => {
      const endpoints = addresses.endpointsOf(stream, index);
      return endpoints ? streamPackets(stream, endpoints) : [];
    })
    .sort((a, b) => a.at - b.at);
  const header = [textOption(COMMENT_OPTION, texts.section), textOption(APPLICATION_OPTION, texts.application)];
  // Version 1.0; the section's length is not said.
  writer.block(SECTION_HEADER, [u32s(BYTE_ORDER_MAGIC, 1, 0xffff_ffff, 0xffff_ffff)], header);
  // No limit for the length of packets; times in microseconds, as without an option.
  writer.block(INTERFACE_DESCRIPTION, [u32s(LINKTYPE_RAW, 0)], [textOption(INTERFACE_NAME_OPTION, texts.application)]);
  writeNames(writer, addresses, packets, texts);
  writeEvents(writer, encodeEvents(runs));
  const identifications = new Map<string, number>();
  for (const packet of packets) {
    const identification = identifications.get(packet.from.address) ?? 0;
    identifications.set(packet.from.address, (identification + 1) % 0x1_0000);
    const { bytes, length } = ipPacket({ ...packet, identification });
    const microseconds = Math.round(packet.at * 1_000);
    const comment = packet.cause && texts.comment(packet.cause);
    const fixed = u32s(0, Math.floor(microseconds / 2 ** 32), microseconds % 2 ** 32, bytes.length, length);
    writer.block(ENHANCED_PACKET, [fixed, bytes], comment === undefined ? [] : [textOption(COMMENT_OPTION, comment)]);
  }
  return writer.finish();
}

function writeNames(
  writer: BlockWriter,
  addresses: Addresses,
  packets: readonly { readonly from: Endpoint; readonly to: Endpoint }[],
  texts: PcapngTexts,
): void {
  const encoder = new TextEncoder();
  const used = new Set(packets.flatMap(({ from, to }) => [from.address, to.address]));
  const records = [...used].flatMap((address) => {
    // The name ends with a zero, and no other character of control has a meaning there.
    const name = (addresses.hostOf(address) ?? texts.nameOf?.(address))?.replace(/[\p{Cc}\s]+/gu, "-");
    if (name === undefined || name === "") return [];
    const bytes = addressBytes(address);
    const value = new Uint8Array([...bytes, ...encoder.encode(name.slice(0, 255)), 0]);
    return [option(bytes.length === 4 ? NAME_RECORD_IPV4 : NAME_RECORD_IPV6, value)];
  });
  if (records.length > 0) writer.block(NAME_RESOLUTION, [...records, u32s(0)]);
}

/** The events, in blocks that other programs skip. */
function writeEvents(writer: BlockWriter, bytes: Uint8Array): void {
  const parts = Math.ceil(bytes.length / EVENTS_PART_BYTES);
  for (let part = 0; part < parts; part += 1) {
    const data = bytes.subarray(part * EVENTS_PART_BYTES, (part + 1) * EVENTS_PART_BYTES);
    writer.block(EVENTS_BLOCK, [EVENTS_MAGIC, u32s(part, parts, data.length), data]);
  }
}

/** Endpoints of all streams: those that are known, and for those that never were, some that say so. */
class Addresses {
  readonly #ofRun = new Map<number, string>();
  readonly #madeUp = new Map<string, string>();
  readonly #hosts = new Map<string, string>();

  constructor(runs: readonly CapturedRun[]) {
    for (const { run, events } of runs) {
      for (const event of events) {
        if (event.type !== "opened" && event.type !== "accepted") continue;
        if (!this.#ofRun.has(run)) this.#ofRun.set(run, event.local.address);
      }
    }
  }

  /** The client's and the server's. */
  endpointsOf({ client, server }: Stream, index: number): [Endpoint, Endpoint] | undefined {
    if (client?.failed) return this.#ofRefused(client, index);
    const local = client?.local ?? server?.remote;
    const remote = client?.remote ?? server?.local;
    return local && remote ? [local, remote] : undefined;
  }

  /** The host's name, of an address that was made up for it. */
  hostOf(address: string): string | undefined {
    return this.#hosts.get(address);
  }

  #ofRefused(client: Side, index: number): [Endpoint, Endpoint] {
    const remote = { address: this.#addressOf(client.host), port: client.port };
    const isOwn = remote.address.startsWith("127.") || remote.address.includes(":");
    const address = this.#ofRun.get(client.run) ?? (isOwn ? remote.address : this.#addressOf(`run ${client.run}`));
    return [{ address, port: FIRST_MADE_UP_PORT + (index % MADE_UP_PORTS) }, remote];
  }

  #addressOf(host: string): string {
    if (host === "localhost") return "127.0.0.1";
    if (addressBytes(host).some((byte) => byte !== 0)) return host;
    let address = this.#madeUp.get(host);
    if (address === undefined) {
      address = `${NAMELESS_PREFIX}${1 + (this.#madeUp.size % NAMELESS_ADDRESSES)}`;
      this.#madeUp.set(host, address);
      this.#hosts.set(address, host);
    }
    return address;
  }
}
