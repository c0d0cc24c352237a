import { type HostCall, LuauRef, LuauTable, type LuauValue } from "@playground/luau-wasm";
import { idFault } from "../id.ts";
import type { LocalText } from "../local-text.ts";
import { cutText, type StepFailure } from "./failure.ts";
import { EXPECT_MS, MAX_EXPECT_MS, MAX_GAP_MS, SLICE_GAP_MS } from "./limits.ts";

/** What the last argument of most functions of `zone.check` may say. */
export interface CallOptions {
  /** What to say when it fails, in place of what the examiner would say. */
  readonly message?: LocalText;
  readonly mistake?: string;
  /** How long to wait. */
  readonly withinMs: number;
  readonly expected?: Uint8Array;
  readonly got?: Uint8Array;
  readonly sending: Sending;
  /** Whether the examiner takes what arrives. */
  readonly reads: boolean;
  /** Whether a line that is printed has to be this text and nothing else. */
  readonly isExact: boolean;
}

/** How the examiner sends. */
export interface Sending {
  /** Bytes of a piece; absent: all at once. */
  readonly slice?: number | "random";
  /** Milliseconds between two pieces. */
  readonly gapMs: number;
  /** Milliseconds before the first. */
  readonly delayMs: number;
}

export const PLAIN_SENDING: Sending = { gapMs: SLICE_GAP_MS, delayMs: 0 };

/** Names of options: another one is a slip of the author's. */
const KNOWN = ["en", "ru", "mistake", "within", "expected", "got", "slice", "gap", "delay", "reads", "exact"] as const;

/** Reads a table of options. `defaults`: how this connection sends. */
export function readOptions(call: HostCall, index: number, sending: Sending = PLAIN_SENDING): CallOptions {
  if (call.isNoneOrNil(index)) return { withinMs: EXPECT_MS, sending, reads: true, isExact: false };
  using table = call.table(index);
  const read = new OptionReader(call, index, table);
  const en = read.text("en");
  const ru = read.text("ru");
  if ((en === undefined) !== (ru === undefined)) call.fail(index, "a message has both en and ru");
  const mistake = read.text("mistake");
  const fault = mistake === undefined ? undefined : idFault(mistake);
  if (fault !== undefined) call.fail(index, `the name of the mistake ${fault}`);
  const expected = read.bytes("expected");
  const got = read.bytes("got");
  const slice = read.slice() ?? sending.slice;
  return {
    ...(en !== undefined && ru !== undefined && { message: { en: cutText(en), ru: cutText(ru) } }),
    ...(mistake !== undefined && { mistake }),
    withinMs: read.milliseconds("within", MAX_EXPECT_MS) ?? EXPECT_MS,
    ...(expected !== undefined && { expected }),
    ...(got !== undefined && { got }),
    sending: {
      ...(slice !== undefined && { slice }),
      gapMs: read.milliseconds("gap", MAX_GAP_MS) ?? sending.gapMs,
      delayMs: read.milliseconds("delay", MAX_GAP_MS) ?? sending.delayMs,
    },
    reads: read.flag("reads") ?? true,
    isExact: read.flag("exact") ?? false,
  };
}

/** A failure with what its options say of it. */
export function withOptions(failure: StepFailure, { message, mistake }: Pick<CallOptions, "message" | "mistake">): StepFailure {
  return { ...failure, ...(message !== undefined && { message }), ...(mistake !== undefined && { mistake }) };
}

class OptionReader {
  readonly #call: HostCall;
  readonly #index: number;
  readonly #table: LuauTable;

  constructor(call: HostCall, index: number, table: LuauTable) {
    this.#call = call;
    this.#index = index;
    this.#table = table;
    // A list of strings is a message in one language, or a misunderstanding.
    if (table.get(1) !== undefined) call.fail(index, `a table of options has names: ${KNOWN.join(", ")}`);
  }

  text(name: (typeof KNOWN)[number]): string | undefined {
    const bytes = this.bytes(name);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  bytes(name: (typeof KNOWN)[number]): Uint8Array | undefined {
    const value = this.#get(name);
    if (value === undefined || value instanceof Uint8Array) return value;
    return this.#call.fail(this.#index, `${name} is a string`);
  }

  milliseconds(name: (typeof KNOWN)[number], most: number): number | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    if (typeof value === "number" && value >= 0 && value * 1000 <= most) return value * 1000;
    return this.#call.fail(this.#index, `${name} is a number of seconds from 0 to ${most / 1000}`);
  }

  flag(name: (typeof KNOWN)[number]): boolean | undefined {
    const value = this.#get(name);
    if (value === undefined || typeof value === "boolean") return value;
    return this.#call.fail(this.#index, `${name} is true or false`);
  }

  slice(): number | "random" | undefined {
    const value = this.#get("slice");
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
    if (value instanceof Uint8Array && new TextDecoder().decode(value) === "random") return "random";
    return this.#call.fail(this.#index, `slice is a whole number of bytes, or "random"`);
  }

  #get(name: string): LuauValue {
    const value = this.#table.get(name);
    if (value instanceof LuauRef) value.dispose();
    return value;
  }
}
