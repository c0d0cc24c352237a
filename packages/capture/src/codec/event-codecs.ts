import type { NetworkErrorCode, NetworkFailure } from "@playground/network";
import type { ByteField, ByteFieldFormat, CallSite, CaptureEvent, ControlEvent, ScriptPlace } from "../event.ts";
import { MAX_PIECE_FIELDS } from "../limits.ts";
import {
  bytes,
  endpoint,
  flag,
  isTrue,
  object,
  oneOf,
  optional,
  ordinal,
  port,
  type PropertyCodecs,
  size,
  text,
  time,
  type ValueCodec,
  within,
} from "./value-codec.ts";

// Written by its place in the list, as everything that `oneOf` has: the lists only ever grow, at their ends.
const FAILURE_CODES = [
  "address-in-use",
  "address-not-ours",
  "permission-denied",
  "invalid-address",
  "connection-refused",
  "host-unreachable",
  "unknown-host",
  "timed-out",
  "not-allowed",
  "limit-exceeded",
  "connection-reset",
  "bridge-lost",
  "password-required",
  "wrong-password",
  "too-many-attempts",
  "room-full",
  "internal",
] as const satisfies readonly NetworkErrorCode[];

const FORMATS = [
  "U8",
  "I8",
  "U16",
  "I16",
  "U32",
  "I32",
  "F32",
  "F64",
  "VInt",
  "VUInt",
  "Bool",
  "String",
  "bytes",
] as const satisfies readonly ByteFieldFormat[];

const failure = object<NetworkFailure>({ code: oneOf<NetworkErrorCode>(FAILURE_CODES), message: text });
const place = object<ScriptPlace>({ file: text, line: ordinal });
const site = object<CallSite>({ entry: ordinal, place: optional(place) });

/** A field's value: whole numbers are mostly small. */
const fieldValue: ValueCodec<number | boolean | string> = {
  write(writer, value) {
    if (typeof value === "boolean") writer.u8(value ? 1 : 0);
    else if (typeof value === "string") {
      writer.u8(2);
      writer.ownText(value);
    } else if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      writer.u8(value < 0 ? 4 : 3);
      writer.uint(Math.abs(value));
    } else {
      writer.u8(5);
      writer.f64(value);
    }
  },
  read(reader) {
    const kind = reader.within(0, 5);
    if (kind < 2) return kind === 1;
    if (kind === 2) return reader.ownText();
    if (kind === 5) return reader.f64();
    return kind === 4 ? -reader.uint() : reader.uint();
  },
};

const field = object<ByteField>({ offset: size, size, format: oneOf<ByteFieldFormat>(FORMATS), value: optional(fieldValue) });

/** Typed fields: they can be read by themselves, from where they lie. */
export const fields: ValueCodec<readonly ByteField[]> = {
  write(writer, value) {
    writer.fieldsAt = writer.length;
    writer.uint(value.length);
    for (const one of value) field.write(writer, one);
  },
  read(reader) {
    reader.fieldsAt = reader.position;
    const count = reader.countFields(MAX_PIECE_FIELDS);
    return Array.from({ length: count }, (_, index) => reader.at(index, () => field.read(reader)));
  },
};

const conditions = object<{ direction: "in" | "out"; summary: string }>({ direction: oneOf(["in", "out"]), summary: text });
const CONTROLS = ["pause", "resume", "step", "conditions"] as const;
const controlKind = oneOf(CONTROLS);

const control: ValueCodec<ControlEvent["control"]> = {
  write(writer, value) {
    controlKind.write(writer, value.kind);
    if (value.kind === "conditions") conditions.write(writer, value);
  },
  read(reader) {
    const kind = controlKind.read(reader);
    return kind === "conditions" ? { kind, ...conditions.read(reader) } : { kind };
  },
};

type EventOf<T extends CaptureEvent["type"]> = Extract<CaptureEvent, { readonly type: T }>;

const listener = { at: time, listener: ordinal };
const connection = { at: time, connection: ordinal };
const piece = { ...connection, offset: size, size: ordinal };
const held = optional(isTrue);

/** The properties of each type of event but `type`; what a type has is checked by the compiler. Their order is the order of their numbers: it only ever grows. */
const EVENTS: { readonly [T in CaptureEvent["type"]]: PropertyCodecs<Omit<EventOf<T>, "type">> } = {
  listen: { ...listener, address: text, port, site: optional(site) },
  listening: { ...listener, bound: endpoint },
  "listen-failed": { ...listener, failure },
  "listener-closed": { ...listener, site: optional(site) },
  "listener-lost": { ...listener, failure },
  connect: { ...connection, host: text, port, site: optional(site) },
  opened: { ...connection, local: endpoint, remote: endpoint },
  "connect-failed": { ...connection, failure },
  accepted: { ...connection, listener: ordinal, local: endpoint, remote: endpoint },
  send: { ...connection, offset: size, size, asked: size, bytes, fields: optional(fields), held, site: optional(site) },
  leave: piece,
  arrive: { ...piece, bytes, held },
  release: piece,
  receive: { ...piece, site },
  "fields-read": { ...connection, offset: size, fields },
  close: { ...connection, how: oneOf(["close", "abort"]), offset: size, unread: size, held, site: optional(site) },
  "close-leave": connection,
  end: { ...connection, offset: size, held },
  "end-release": connection,
  "end-told": { ...connection, site },
  broken: { ...connection, failure },
  gauge: { ...connection, sendBuffer: size, sendBufferLimit: size, window: size, waiting: size, hasReceiver: optional(flag) },
  printed: { at: time, level: oneOf(["print", "warn", "error", "notice"]), text, entry: within(0, Number.MAX_SAFE_INTEGER) },
  control: { at: time, control },
  lost: { at: time, events: size, bytes: size },
  program: { at: time, state: oneOf(["started", "stopped", "failed"]) },
  announced: { ...connection, site },
};

const TYPES = Object.keys(EVENTS) as CaptureEvent["type"][];
const typeCodec = oneOf(TYPES);
const codecs = new Map(TYPES.map((type) => [type, object(EVENTS[type] as PropertyCodecs<object>)]));

/** An event: its type's number, then its properties. */
export const event: ValueCodec<CaptureEvent> = {
  write(writer, value) {
    typeCodec.write(writer, value.type);
    codecs.get(value.type)?.write(writer, value);
  },
  read(reader) {
    const type = typeCodec.read(reader);
    const value = { type, ...codecs.get(type)?.read(reader) } as CaptureEvent;
    if (value.type === "send" || value.type === "arrive") {
      if (value.bytes.length > value.size) throw reader.error("invalid", `has ${value.bytes.length} bytes of a piece of ${value.size}`);
    }
    if ("offset" in value && "size" in value && !Number.isSafeInteger(value.offset + value.size)) {
      throw reader.error("invalid", `ends at ${value.offset + value.size}, above 2^53 - 1`);
    }
    return value;
  },
};
