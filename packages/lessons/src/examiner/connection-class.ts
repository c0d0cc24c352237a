import { type HostCall, type HostResult, type LuauClass, type LuauState } from "@playground/luau-wasm";
import type { ByteStreamBinding } from "@playground/zone";
import { shownBytes } from "../results/step-result.ts";
import type { Exam, Outcome } from "./exam.ts";
import { type StepFailure, WORDS } from "./failure.ts";
import { MAX_EXPECT_MS, MAX_READ_BYTES, MAX_SEND_BYTES, MAX_STEP_MS } from "./limits.ts";
import { type CallOptions, readOptions, withOptions } from "./options.ts";
import type { Peer } from "./peer.ts";

const LINE_BREAK = 10;
const RETURN = 13;

/** The class CheckConnection: what `check.connect` and `listener:accept` give. */
export function defineConnection(state: LuauState, exam: Exam, byteStreams: ByteStreamBinding): LuauClass<Peer> {
  return state.defineClass<Peer>({
    name: "CheckConnection",
    methods: {
      send: (call) => send(exam, call, byteStreams),
      expect: (call) => expectBytes(exam, call, bytesArgument(call, 1, byteStreams), 2),
      expectLine: (call) => {
        const line = call.bytes(1);
        const bytes = new Uint8Array(line.length + 1);
        bytes.set(line);
        bytes[line.length] = LINE_BREAK;
        return expectBytes(exam, call, bytes, 2);
      },
      expectNothing: (call) => expectNothing(exam, call),
      expectEnd: (call) => expectEnd(exam, call),
      read: (call) => {
        const count = call.integer(1);
        if (count < 1 || count > MAX_READ_BYTES) call.fail(1, `a number of bytes from 1 to ${MAX_READ_BYTES} expected, got ${count}`);
        call.self<Peer>().makeRoom(count);
        return readBytes(exam, call, ({ length }) => (length >= count ? { take: count, give: count } : undefined));
      },
      readLine: (call) =>
        readBytes(exam, call, (unread) => {
          const end = unread.indexOf(LINE_BREAK);
          return end < 0 ? undefined : { take: end + 1, give: unread[end - 1] === RETURN ? end - 1 : end };
        }),
      readAll: (call) => {
        const peer = call.self<Peer>();
        const options = readOptions(call, 1);
        peer.makeRoom(MAX_READ_BYTES);
        return exam.wait(call, {
          withinMs: options.withinMs,
          look: () => (peer.isOver ? { give: [peer.read(peer.unread.length)] } : undefined),
          late: () => ({ fail: failure(peer, options, { message: WORDS.notEnded(options.withinMs), got: shownBytes(peer.unread) }) }),
        });
      },
      unread: (call) => {
        const peer = call.self<Peer>();
        return peer.read(peer.unread.length);
      },
      isOpen: (call) => !call.self<Peer>().isOver,
      setReads: (call) => call.self<Peer>().setReads(call.boolean(1)),
      finish: (call) => call.self<Peer>().finish(),
      reset: (call) => call.self<Peer>().reset(),
      close: (call) => call.self<Peer>().close(),
      getIp: (call) => call.self<Peer>().remoteAddress,
    },
    metamethods: { __tostring: (call) => `CheckConnection(${call.self<Peer>().connection.remote})` },
  });
}

/** Bytes of a string, or of a byte stream whatever its position. */
export function bytesArgument(call: HostCall, index: number, byteStreams: ByteStreamBinding): Uint8Array {
  if (call.type(index) === "userdata") return call.object(index, byteStreams.streamClass).borrowBytes().slice();
  return call.bytes(index);
}

function send(exam: Exam, call: HostCall, byteStreams: ByteStreamBinding): HostResult {
  exam.requireStep();
  const peer = call.self<Peer>();
  const bytes = bytesArgument(call, 1, byteStreams);
  if (bytes.length > MAX_SEND_BYTES) call.fail(1, `at most ${MAX_SEND_BYTES} bytes expected, got ${bytes.length}`);
  const { sending, withinMs } = readOptions(call, 2, peer.sending);
  const transfer = peer.send(bytes, sending);
  return exam.wait(call, {
    // Pieces take their time; only a reader that does not read is given up.
    withinMs: sending.slice === undefined ? withinMs + sending.delayMs : MAX_STEP_MS,
    look: () => (transfer.isSent || peer.isClosed ? { give: [transfer.taken] } : undefined),
    late: () => {
      transfer.cancel();
      return { give: [transfer.taken] };
    },
  });
}

function expectBytes(exam: Exam, call: HostCall, expected: Uint8Array, optionsIndex: number): HostResult {
  const peer = call.self<Peer>();
  const options = readOptions(call, optionsIndex);
  peer.makeRoom(expected.length);
  const judge = (isLate: boolean): Outcome => {
    const { unread } = peer;
    const common = Math.min(unread.length, expected.length);
    const isSame = expected.subarray(0, common).every((byte, index) => byte === unread[index]);
    if (isSame && common === expected.length) return { give: [peer.read(common)] };
    const shown = { expected: shownBytes(expected), got: shownBytes(unread) };
    if (!isSame) return isLate || peer.isOver ? { fail: failure(peer, options, { message: WORDS.otherBytes, ...shown }) } : "settling";
    if (peer.isOver) return { fail: failure(peer, options, { message: WORDS.endedEarly, ...shown }) };
    if (!isLate) return undefined;
    const message = unread.length === 0 ? WORDS.nothing(options.withinMs) : WORDS.tooLittle(options.withinMs);
    return { fail: failure(peer, options, { message, ...shown }) };
  };
  return exam.wait(call, { withinMs: options.withinMs, look: () => judge(false), late: () => decided(judge(true)) });
}

/** `find` says how many bytes of those that have arrived are taken, and how many of them are given to the check. */
function readBytes(exam: Exam, call: HostCall, find: (unread: Uint8Array) => { take: number; give: number } | undefined): HostResult {
  const peer = call.self<Peer>();
  const options = readOptions(call, call.count > 0 && call.type(1) === "number" ? 2 : 1);
  const judge = (isLate: boolean): Outcome => {
    const found = find(peer.unread);
    if (found !== undefined) return { give: [peer.read(found.take).slice(0, found.give)] };
    if (!isLate && !peer.isOver) return undefined;
    const message = peer.isOver ? WORDS.endedEarly : peer.unread.length === 0 ? WORDS.nothing(options.withinMs) : WORDS.tooLittle(options.withinMs);
    return { fail: failure(peer, options, { message, got: shownBytes(peer.unread) }) };
  };
  return exam.wait(call, { withinMs: options.withinMs, look: () => judge(false), late: () => decided(judge(true)) });
}

function expectNothing(exam: Exam, call: HostCall): HostResult {
  const peer = call.self<Peer>();
  const duration = call.number(1) * 1000;
  if (!(duration >= 0 && duration <= MAX_EXPECT_MS)) call.fail(1, `a time of 0 to ${MAX_EXPECT_MS / 1000} seconds expected`);
  const options = readOptions(call, 2);
  return exam.wait(call, {
    withinMs: duration,
    look: () => (peer.unread.length > 0 ? "settling" : undefined),
    late: () =>
      peer.unread.length > 0
        ? { fail: failure(peer, options, { message: WORDS.tooMuch, expected: shownBytes(new Uint8Array()), got: shownBytes(peer.unread) }) }
        : { give: [] },
  });
}

function expectEnd(exam: Exam, call: HostCall): HostResult {
  const peer = call.self<Peer>();
  const options = readOptions(call, 1);
  return exam.wait(call, {
    withinMs: options.withinMs,
    look: () => {
      if (peer.unread.length > 0) return "settling";
      return peer.isOver ? { give: [] } : undefined;
    },
    late: () => {
      const got = shownBytes(peer.unread);
      if (got.bytes.length > 0) return { fail: failure(peer, options, { message: WORDS.tooMuch, got }) };
      return peer.isOver ? { give: [] } : { fail: failure(peer, options, { message: WORDS.notEnded(options.withinMs) }) };
    },
  });
}

/** What was found, with what the author says of it and the connection that it was seen on. */
function failure(peer: Peer, options: CallOptions, found: StepFailure): StepFailure {
  return withOptions({ ...found, connection: peer.connection, ended: peer.wasEnded }, options);
}

/** When the time is over there is an answer. */
function decided(outcome: Outcome): Exclude<Outcome, "settling" | undefined> {
  if (outcome === undefined || outcome === "settling") throw new Error("an expectation was late and not decided");
  return outcome;
}
