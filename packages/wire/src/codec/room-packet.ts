import type { ByteReader } from "./byte-reader.ts";
import type { ByteWriter } from "./byte-writer.ts";
import {
  MAX_HOST_BYTES,
  MAX_MACHINE_NAME_BYTES,
  MAX_PASSWORD_BYTES,
  MAX_PRESENCE_GONE,
  MAX_PRESENCE_LISTENERS,
  MAX_PRESENCE_MACHINES,
  MAX_REASON_BYTES,
} from "./limits.ts";
import type { Endpoint } from "@playground/network";

/** What became of a request about the room: section 10 of `docs/protocol.md`. On the wire any byte may come. */
export const RoomResult = {
  DONE: 0x00,
  NAME_TAKEN: 0x01,
  BAD_NAME: 0x02,
  NOT_ALLOWED: 0x03,
  THROTTLED: 0x04,
  BAD_PASSWORD: 0x05,
} as const;

/** One of the results above. */
export type RoomResult = (typeof RoomResult)[keyof typeof RoomResult];

/** What a client asks for in its room. */
export type RoomRequest =
  /** To be told who is in the room, now and whenever it changes. */
  | { readonly kind: "watch" }
  /** Another name for its machine, 1 to `MAX_HOST_BYTES` bytes; which names are good the bridge decides. */
  | { readonly kind: "rename"; readonly name: string }
  /** A password for whoever enters from now on, up to `MAX_PASSWORD_BYTES` bytes; empty for none. */
  | { readonly kind: "set-password"; readonly password: string };

/** A port that a machine of the room listens on. */
export interface RoomListener extends Endpoint {
  /** Only the machine itself can connect; nobody else is told. */
  readonly isPrivate: boolean;
}

/** A machine of the room, as one of its members sees it. */
export interface RoomMachine {
  /** Stays the same while the machine is in the room, 0 to 2^32 - 1. */
  readonly machineId: number;
  /** The machine of the session that is told. */
  readonly isYou: boolean;
  /** It may set the room's password. */
  readonly isKeeper: boolean;
  readonly address: string;
  /** 1 to `MAX_MACHINE_NAME_BYTES` bytes. */
  readonly name: string;
  /** In the order in which they began, up to `MAX_PRESENCE_LISTENERS`. */
  readonly listeners: readonly RoomListener[];
  /** How many more it listens on. */
  readonly moreListeners: number;
}

/** What the bridge tells of the room. */
export type RoomEvent =
  | { readonly kind: "answer"; readonly result: number; readonly proposal: string; readonly message: string }
  | {
      readonly kind: "presence";
      /** Forget all that was told before. */
      readonly isAll: boolean;
      readonly hasPassword: boolean;
      /** Machines that have left, by their id; at most `MAX_PRESENCE_GONE`. */
      readonly gone: readonly number[];
      /** Machines that are new or have changed; at most `MAX_PRESENCE_MACHINES`. */
      readonly machines: readonly RoomMachine[];
    };

const REQUESTS = { watch: 1, rename: 2, "set-password": 3 } as const;
const EVENTS = { presence: 1, answer: 2 } as const;
/** Bits of PRESENCE's flags, of a machine's and of a listener's. */
const IS_ALL = 1;
const HAS_PASSWORD = 2;
const IS_YOU = 1;
const IS_KEEPER = 2;
const IS_PRIVATE = 1;

/** Writes the payload of ROOM_REQUEST. @throws {WireError} for values out of range */
export function writeRoomRequest(writer: ByteWriter, request: RoomRequest): void {
  writer.u8(REQUESTS[request.kind], "the kind");
  if (request.kind === "rename") writer.text(request.name, 1, MAX_HOST_BYTES, "the name");
  if (request.kind === "set-password") writer.text(request.password, 0, MAX_PASSWORD_BYTES, "the password");
}

/** Reads the payload of ROOM_REQUEST. @throws {WireError} */
export function readRoomRequest(reader: ByteReader): RoomRequest {
  const kind = reader.u8("the kind");
  switch (kind) {
    case REQUESTS.watch:
      return { kind: "watch" };
    case REQUESTS.rename:
      return { kind: "rename", name: reader.text(reader.remaining, 1, MAX_HOST_BYTES, "the name") };
    case REQUESTS["set-password"]:
      return { kind: "set-password", password: reader.text(reader.remaining, 0, MAX_PASSWORD_BYTES, "the password") };
    default:
      throw reader.error("bad-value", `the kind is ${kind}; no request has it`);
  }
}

/** Writes the payload of ROOM_EVENT. @throws {WireError} for values out of range */
export function writeRoomEvent(writer: ByteWriter, event: RoomEvent): void {
  if (event.kind === "answer") {
    writer.u8(EVENTS.answer, "the kind");
    writer.u8(event.result, "the result");
    shortText(writer, event.proposal, 0, "the proposal");
    writer.textUpTo(event.message, MAX_REASON_BYTES);
    return;
  }
  writePresenceHead(writer, event, event.machines.length);
  for (const machine of event.machines) writeMachine(writer, machine);
}

/** Writes what comes before the machines in a packet of news, the kind and their number included. @throws {WireError} for values out of range */
export function writePresenceHead(
  writer: ByteWriter,
  { isAll, hasPassword, gone }: Pick<Extract<RoomEvent, { kind: "presence" }>, "isAll" | "hasPassword" | "gone">,
  machineCount: number,
): void {
  writer.u8(EVENTS.presence, "the kind");
  writer.u8((isAll ? IS_ALL : 0) | (hasPassword ? HAS_PASSWORD : 0), "the flags");
  byteCount(writer, gone.length, MAX_PRESENCE_GONE, "the number of machines that are gone");
  for (const machineId of gone) writer.u32(machineId, "the id of a machine");
  byteCount(writer, machineCount, MAX_PRESENCE_MACHINES, "the number of machines");
}

/** Reads the payload of ROOM_EVENT. @throws {WireError} */
export function readRoomEvent(reader: ByteReader): RoomEvent {
  const kind = reader.u8("the kind");
  switch (kind) {
    case EVENTS.answer: {
      const result = reader.u8("the result");
      const proposal = reader.text(reader.u8("the length of the proposal"), 0, MAX_MACHINE_NAME_BYTES, "the proposal");
      return { kind: "answer", result, proposal, message: reader.text(reader.remaining, 0, MAX_REASON_BYTES, "the message") };
    }
    case EVENTS.presence: {
      const flags = reader.u8("the flags");
      const gone = readMany(reader, MAX_PRESENCE_GONE, "machines that are gone", () => reader.u32("the id of a machine"));
      const machines = readMany(reader, MAX_PRESENCE_MACHINES, "machines", () => readMachine(reader));
      return { kind: "presence", isAll: (flags & IS_ALL) !== 0, hasPassword: (flags & HAS_PASSWORD) !== 0, gone, machines };
    }
    default:
      throw reader.error("bad-value", `the kind is ${kind}; no event has it`);
  }
}

/** Writes one machine of a packet of news. @throws {WireError} for values out of range */
export function writeMachine(writer: ByteWriter, machine: RoomMachine): void {
  writer.u32(machine.machineId, "the id of a machine");
  writer.u8((machine.isYou ? IS_YOU : 0) | (machine.isKeeper ? IS_KEEPER : 0), "the flags of a machine");
  writer.address(machine.address, "the address of a machine");
  shortText(writer, machine.name, 1, "the name of a machine");
  byteCount(writer, machine.listeners.length, MAX_PRESENCE_LISTENERS, "the number of listeners");
  for (const listener of machine.listeners) {
    writer.u8(listener.isPrivate ? IS_PRIVATE : 0, "the flags of a listener").endpoint(listener, "a listener");
  }
  writer.u32(machine.moreListeners, "the number of further listeners");
}

function readMachine(reader: ByteReader): RoomMachine {
  const machineId = reader.u32("the id of a machine");
  const flags = reader.u8("the flags of a machine");
  const address = reader.address("the address of a machine");
  const name = reader.text(reader.u8("the length of a name"), 1, MAX_MACHINE_NAME_BYTES, "the name of a machine");
  const listeners = readMany(reader, MAX_PRESENCE_LISTENERS, "listeners", () => {
    const isPrivate = (reader.u8("the flags of a listener") & IS_PRIVATE) !== 0;
    return { ...reader.endpoint("a listener"), isPrivate };
  });
  const moreListeners = reader.u32("the number of further listeners");
  return { machineId, isYou: (flags & IS_YOU) !== 0, isKeeper: (flags & IS_KEEPER) !== 0, address, name, listeners, moreListeners };
}

/** A number of things in one byte, and then the things. */
function readMany<T>(reader: ByteReader, most: number, what: string, readOne: () => T): T[] {
  const count = reader.u8(`the number of ${what}`);
  if (count > most) throw reader.error("bad-count", `${count} ${what}; at most ${most} are allowed`);
  return Array.from({ length: count }, readOne);
}

function byteCount(writer: ByteWriter, count: number, most: number, field: string): void {
  if (count > most) throw writer.error("bad-count", `${field} is ${count}; at most ${most} are allowed`);
  writer.u8(count, field);
}

/** A text behind one byte with its length. */
function shortText(writer: ByteWriter, text: string, least: number, field: string): void {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length < least || bytes.length > MAX_MACHINE_NAME_BYTES) {
    throw writer.error("bad-text-length", `${field} has ${bytes.length} bytes; ${least} to ${MAX_MACHINE_NAME_BYTES} are allowed`);
  }
  writer.u8(bytes.length, `the length of ${field}`).raw(bytes);
}
