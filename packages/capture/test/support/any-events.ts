import type { ByteField, CallSite, CaptureEvent, CapturedRun } from "@playground/capture";
import * as fc from "fast-check";
import { formatIpAddress, type Endpoint, type NetworkFailure } from "@playground/network";

// Generators of every event there is.
const size = fc.oneof(
  fc.nat(),
  fc.maxSafeNat().map((value) => Math.floor(value / 2)),
);
const ordinal = size.map((value) => Math.min(value + 1, 2 ** 52));
const at = fc.oneof(
  fc.nat({ max: 10_000_000 }).map((ticks) => 1_795_000_000_000 + ticks / 4_096),
  fc.double({ min: 0, max: 8.64e15, noNaN: true }).map(Math.abs),
);
const port = fc.nat({ max: 65_535 });
const address = fc
  .oneof(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .map((bytes) => formatIpAddress(bytes) as string);
const endpoint: fc.Arbitrary<Endpoint> = fc.record({ address, port });
const text = fc.string({ unit: "binary", maxLength: 40 });
const failure: fc.Arbitrary<NetworkFailure> = fc.record({ code: fc.constantFrom("connection-refused", "internal", "timed-out"), message: text });
const site: fc.Arbitrary<CallSite> = fc.record({ entry: ordinal, place: fc.record({ file: text, line: ordinal }) }, { requiredKeys: ["entry"] });
const field: fc.Arbitrary<ByteField> = fc.record(
  {
    offset: size,
    size,
    format: fc.constantFrom("U8", "I32", "F64", "VUInt", "Bool", "String", "bytes"),
    value: fc.oneof(fc.double(), fc.integer(), fc.boolean(), text),
  },
  { requiredKeys: ["offset", "size", "format"] },
);
const fields = fc.array(field, { maxLength: 6 });
const held = fc.constant(true as const);
const bytes = fc.uint8Array({ maxLength: 60 });
const listener = { at, listener: ordinal };
const connection = { at, connection: ordinal };
const piece = { ...connection, offset: size, size: ordinal };

function event<const T extends CaptureEvent["type"]>(
  type: T,
  values: Record<string, fc.Arbitrary<unknown>>,
  optional: readonly string[] = [],
): fc.Arbitrary<CaptureEvent> {
  const requiredKeys = ["type", ...Object.keys(values).filter((key) => !optional.includes(key))];
  const properties: Record<string, fc.Arbitrary<unknown>> = { type: fc.constant(type), ...values };
  return fc.record(properties, { requiredKeys }) as unknown as fc.Arbitrary<CaptureEvent>;
}

export const anyEvent: fc.Arbitrary<CaptureEvent> = fc.oneof(
  event("listen", { ...listener, address: text, port, site }, ["site"]),
  event("listening", { ...listener, bound: endpoint }),
  event("listen-failed", { ...listener, failure }),
  event("listener-closed", { ...listener, site }, ["site"]),
  event("listener-lost", { ...listener, failure }),
  event("connect", { ...connection, host: text, port, site }, ["site"]),
  event("opened", { ...connection, local: endpoint, remote: endpoint }),
  event("connect-failed", { ...connection, failure }),
  event("accepted", { ...connection, listener: ordinal, local: endpoint, remote: endpoint }),
  event("send", { ...connection, offset: size, size: fc.integer({ min: 60, max: 1_000 }), asked: size, bytes, fields, held, site }, ["fields", "held", "site"]),
  event("leave", piece),
  event("arrive", { ...connection, offset: size, size: fc.integer({ min: 60, max: 1_000 }), bytes, held }, ["held"]),
  event("release", piece),
  event("receive", { ...piece, site }),
  event("fields-read", { ...connection, offset: size, fields }),
  event("close", { ...connection, how: fc.constantFrom("close", "abort"), offset: size, unread: size, held, site }, ["held", "site"]),
  event("close-leave", connection),
  event("end", { ...connection, offset: size, held }, ["held"]),
  event("end-release", connection),
  event("end-told", { ...connection, site }),
  event("announced", { ...connection, site }),
  event("broken", { ...connection, failure }),
  event("gauge", { ...connection, sendBuffer: size, sendBufferLimit: size, window: size, waiting: size, hasReceiver: fc.boolean() }, ["hasReceiver"]),
  event("printed", { at, level: fc.constantFrom("print", "warn", "error", "notice"), text, entry: size }),
  event("control", {
    at,
    control: fc.oneof(
      fc.record({ kind: fc.constantFrom("pause", "resume", "step") }),
      fc.record({ kind: fc.constant("conditions"), direction: fc.constantFrom("in", "out"), summary: text }),
    ),
  }),
  event("lost", { at, events: size, bytes: size }),
  event("program", { at, state: fc.constantFrom("started", "stopped", "failed") }),
);

export const anyRuns: fc.Arbitrary<readonly CapturedRun[]> = fc.uniqueArray(
  fc.record({ run: fc.integer({ min: 1, max: 300 }), file: text, at, events: fc.array(anyEvent, { maxLength: 40 }) }),
  { selector: ({ run }) => run, maxLength: 4 },
);
