import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import { MACHINE_TOKEN_BYTES, MAX_GRACE_MS, MAX_PASSWORD_BYTES, MAX_ROOM_BYTES, MAX_WINDOW_BYTES, MIN_WINDOW_BYTES, SESSION_ID_BYTES } from "./limits.ts";
import { type Extension, PacketType } from "./packet.ts";

/** Id of the zone extension in INFO. From 0xF0 up is where extensions outside Wisp's own text put themselves. */
export const ZONE_EXTENSION_ID = 0xf7;

/** Version of the zone extension that this package speaks. It speaks the earlier ones as well. */
export const ZONE_VERSION = 3;

/** The version from which on a session can go on over another WebSocket: section 9 of `docs/protocol.md`. */
export const RESUME_VERSION = 2;

/** The version from which on a room can be asked about, and can have a password: section 10 of `docs/protocol.md`. */
export const ROOM_VERSION = 3;

/** WebSocket subprotocol that a client asks for to speak Wisp v2; without one it is a v1 client. */
export const WISP_V2_SUBPROTOCOL = "wisp-v2";

/** Wisp version in INFO. */
export const WISP_MAJOR = 2;
export const WISP_MINOR = 0;

/** What addresses mean in a room: `lan`, every machine has its own; `host`, all share the bridge's. */
export type NetworkMode = "lan" | "host";

/** The bridge's offer, in its INFO. */
export interface BridgeMetadata {
  /** The highest version that the bridge speaks, 1 to 255. */
  readonly version: number;
  readonly network: NetworkMode;
  /** Byte credit of each new stream, client to bridge; `MIN_WINDOW_BYTES` to `MAX_WINDOW_BYTES`. */
  readonly window: number;
  /** Name of the room, 1 to `MAX_ROOM_BYTES` bytes. */
  readonly room: string;
  /** From version 2 on: how long a session is kept after its WebSocket was cut, ms, 1 to `MAX_GRACE_MS`; from version 3 on also 0, for not at all. */
  readonly graceMs?: number;
  /** From version 3 on: who enters needs the room's password. */
  readonly hasPassword?: boolean;
}

/** The session that a client wants to go on with, and how far it got. */
export interface ResumeRequest {
  /** From READY, `SESSION_ID_BYTES` long. When decoded, a view. */
  readonly sessionId: Uint8Array;
  /** Numbered packets that the client has handled since the session began. */
  readonly received: number;
}

/** The client's answer, in its INFO. */
export interface ClientMetadata {
  /** The version in use from here on, 1 to the bridge's. */
  readonly version: number;
  /** `MACHINE_TOKEN_BYTES` random bytes, the same for all programs of one page. When decoded, a view. */
  readonly machineToken: Uint8Array;
  /** Byte credit of each new stream, bridge to client; `MIN_WINDOW_BYTES` to `MAX_WINDOW_BYTES`. */
  readonly window: number;
  /** From version 2 on: absent for a new session. */
  readonly resume?: ResumeRequest;
  /** From version 3 on: the room's password, up to `MAX_PASSWORD_BYTES` bytes; absent for none. */
  readonly password?: string;
}

const PLACE = { packetType: PacketType.INFO, id: 0 };
/** Bits of the bridge's flags. */
const HAS_PASSWORD = 1;
const NO_RESUMING = 2;
const NETWORK_NUMBERS = { lan: 1, host: 2 } as const;

/** The bridge's offer as an extension of INFO. @throws {WireError} for values out of range */
export function encodeBridgeMetadata(metadata: BridgeMetadata): Extension {
  const room = new ByteWriter("zone metadata", PLACE).text(metadata.room, 1, MAX_ROOM_BYTES, "the room").finish();
  const writer = newWriter(metadata.version).u8(NETWORK_NUMBERS[metadata.network], "the network");
  writer.count(metadata.window, MIN_WINDOW_BYTES, MAX_WINDOW_BYTES, "the window").u8(room.length, "the room's length").raw(room);
  if (metadata.version >= RESUME_VERSION) writer.count(graceField(metadata), 1, MAX_GRACE_MS, "the grace time");
  if (metadata.version >= ROOM_VERSION) writer.u8((metadata.hasPassword === true ? HAS_PASSWORD : 0) | (metadata.graceMs === 0 ? NO_RESUMING : 0), "the flags");
  return { id: ZONE_EXTENSION_ID, metadata: writer.finish() };
}

/** The client's answer as an extension of INFO. @throws {WireError} for values out of range */
export function encodeClientMetadata(metadata: ClientMetadata): Extension {
  const writer = newWriter(metadata.version);
  if (metadata.machineToken.length !== MACHINE_TOKEN_BYTES) {
    throw writer.error("bad-metadata", `the machine token has ${metadata.machineToken.length} bytes, not ${MACHINE_TOKEN_BYTES}`);
  }
  writer.raw(metadata.machineToken).count(metadata.window, MIN_WINDOW_BYTES, MAX_WINDOW_BYTES, "the window");
  if (metadata.version >= RESUME_VERSION) writeResume(writer, metadata.resume);
  if (metadata.version >= ROOM_VERSION) {
    const password = new ByteWriter("zone metadata", PLACE).text(metadata.password ?? "", 0, MAX_PASSWORD_BYTES, "the password").finish();
    writer.u8(password.length, "the length of the password").raw(password);
  }
  return { id: ZONE_EXTENSION_ID, metadata: writer.finish() };
}

/** Reads the bridge's offer from an INFO's extensions; undefined when it is not among them. @throws {WireError} */
export function decodeBridgeMetadata(extensions: readonly Extension[]): BridgeMetadata | undefined {
  const reader = findZone(extensions);
  if (reader === undefined) return undefined;
  const version = readVersion(reader);
  const number = reader.u8("the network");
  if (number !== NETWORK_NUMBERS.lan && number !== NETWORK_NUMBERS.host) {
    throw reader.error("bad-metadata", `the network is ${number}, neither 1 (LAN) nor 2 (host)`);
  }
  const window = readWindow(reader);
  const room = reader.text(reader.u8("the room's length"), 1, MAX_ROOM_BYTES, "the room");
  const offer = { version, network: number === NETWORK_NUMBERS.lan ? "lan" : "host", window, room } as const;
  if (version < RESUME_VERSION) return offer;
  const graceMs = reader.u32("the grace time");
  if (graceMs < 1 || graceMs > MAX_GRACE_MS) throw reader.error("bad-metadata", `the grace time is ${graceMs} ms; 1 to ${MAX_GRACE_MS} are allowed`);
  if (version < ROOM_VERSION) return { ...offer, graceMs };
  const flags = reader.u8("the flags");
  return { ...offer, graceMs: (flags & NO_RESUMING) === 0 ? graceMs : 0, hasPassword: (flags & HAS_PASSWORD) !== 0 };
}

/** Reads the client's answer from an INFO's extensions; undefined when it is not among them: a plain client. @throws {WireError} */
export function decodeClientMetadata(extensions: readonly Extension[]): ClientMetadata | undefined {
  const reader = findZone(extensions);
  if (reader === undefined) return undefined;
  const version = readVersion(reader);
  const machineToken = reader.bytes(MACHINE_TOKEN_BYTES, "the machine token");
  const window = readWindow(reader);
  const resume = version < RESUME_VERSION ? undefined : readResume(reader);
  const password = version < ROOM_VERSION ? "" : reader.text(reader.u8("the length of the password"), 0, MAX_PASSWORD_BYTES, "the password");
  return { version, machineToken, window, ...(resume !== undefined && { resume }), ...(password !== "" && { password }) };
}

/** Version 2 knows no grace time of 0. From version 3 on the shortest stands for it, together with a flag. */
function graceField({ version, graceMs = 0 }: BridgeMetadata): number {
  return version >= ROOM_VERSION ? Math.max(graceMs, 1) : graceMs;
}

/** A session id of zeros stands for a new session. */
function writeResume(writer: ByteWriter, resume: ResumeRequest | undefined): void {
  const sessionId = resume?.sessionId ?? new Uint8Array(SESSION_ID_BYTES);
  if (sessionId.length !== SESSION_ID_BYTES) {
    throw writer.error("bad-metadata", `the session id has ${sessionId.length} bytes, not ${SESSION_ID_BYTES}`);
  }
  writer.raw(sessionId).u64(resume?.received ?? 0, "the number of packets received");
}

function readResume(reader: ByteReader): ResumeRequest | undefined {
  const sessionId = reader.bytes(SESSION_ID_BYTES, "the session id");
  const received = reader.u64("the number of packets received");
  return sessionId.every((byte) => byte === 0) ? undefined : { sessionId, received };
}

function newWriter(version: number): ByteWriter {
  const writer = new ByteWriter("zone metadata", PLACE);
  if (version === 0) throw writer.error("bad-metadata", "the version is 0; versions count from 1");
  return writer.u8(version, "the version");
}

// Bytes after the known fields are left unread on purpose: later versions append there.
function findZone(extensions: readonly Extension[]): ByteReader | undefined {
  const extension = extensions.find(({ id }) => id === ZONE_EXTENSION_ID);
  return extension && new ByteReader(extension.metadata, 0, "zone metadata", PLACE);
}

function readVersion(reader: ByteReader): number {
  const version = reader.u8("the version");
  if (version === 0) throw reader.error("bad-metadata", "the version is 0; versions count from 1");
  return version;
}

function readWindow(reader: ByteReader): number {
  const window = reader.u32("the window");
  if (window < MIN_WINDOW_BYTES || window > MAX_WINDOW_BYTES) {
    throw reader.error("bad-metadata", `the window is ${window}; ${MIN_WINDOW_BYTES} to ${MAX_WINDOW_BYTES} are allowed`);
  }
  return window;
}
