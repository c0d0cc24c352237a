import { type HostCall, type HostFunction, type HostResult, LuauRef, type LuauState, type LuauTable } from "@playground/luau-wasm";
import type { ExtensionParts } from "@playground/zone";
import { MAX_DELAY_SECONDS, MAX_PEERS, MAX_STARTED } from "./limits.ts";
import { shownBytes } from "../results/step-result.ts";
import { CheckListener } from "./check-listener.ts";
import { defineConnection } from "./connection-class.ts";
import type { Exam } from "./exam.ts";
import { WORDS } from "./failure.ts";
import { LearnerRun } from "./learner-run.ts";
import { type CallOptions, readOptions, withOptions } from "./options.ts";
import { Peer } from "./peer.ts";
import { defineProgram } from "./program-class.ts";

/** Everything of `zone.check` but `step`. */
export function buildCheckTable({ state, byteStreams }: ExtensionParts, exam: Exam): LuauTable {
  const connectionClass = defineConnection(state, exam, byteStreams);
  const programClass = defineProgram(state, exam);
  const listenerClass = state.defineClass<CheckListener>({
    name: "CheckListener",
    methods: {
      accept: (call) => {
        const listener = call.self<CheckListener>();
        const options = readOptions(call, 1);
        return exam.wait(call, {
          withinMs: options.withinMs,
          look: () => {
            const peer = listener.take();
            return peer === undefined ? undefined : { give: [connectionClass.wrap(peer)] };
          },
          late: () => ({ fail: withOptions({ message: WORDS.noClient(listener.port, options.withinMs) }, options) }),
        });
      },
      close: (call) => call.self<CheckListener>().end(),
    },
    metamethods: { __tostring: (call) => `CheckListener(${call.self<CheckListener>().port})` },
  });
  const functions: Record<string, HostFunction> = {
    start: (call) => {
      exam.requireStep();
      const name = call.isNoneOrNil(1) ? (exam.programs[0] ?? "") : call.text(1);
      if (!exam.programs.includes(name)) call.fail(1, `one of the lesson's programs expected (${exam.programs.join(", ")}), got "${name}"`);
      if ([...exam.parts].filter((part) => part instanceof LearnerRun).length >= MAX_STARTED) throw new Error(`a step runs at most ${MAX_STARTED} programs`);
      const run = new LearnerRun(exam, name);
      exam.parts.add(run);
      return programClass.wrap(run);
    },
    connect: (call) => connect(exam, call, (peer) => connectionClass.wrap(peer)),
    listen: (call) => {
      exam.requireStep();
      requireRoom(exam);
      const port = portArgument(call);
      const options = readOptions(call, 2);
      const listener = new CheckListener(exam, port, options.sending, options.reads);
      exam.parts.add(listener);
      exam.redirects.push({ port, address: exam.machines.examinerAddress });
      return exam.wait(call, {
        withinMs: options.withinMs,
        look: () => {
          // That the examiner's own port cannot be had is never the learner's fault.
          if (listener.failure !== undefined) return { raise: listener.failure.message };
          return listener.isListening ? { give: [listenerClass.wrap(listener)] } : undefined;
        },
        late: () => ({ raise: `the examiner could not listen on port ${port} in time` }),
      });
    },
    expectListening: (call) => expectListening(exam, call),
    ports: () => {
      const table = state.createTable();
      exam.ports.forEach(({ port }, index) => table.set(index + 1, port));
      return table.handOver();
    },
    address: () => exam.machines.learnerAddress,
    ownAddress: () => exam.machines.examinerAddress,
    source: (call) => {
      const source = exam.sources.get(call.text(1));
      return source ?? call.fail(1, `one of the lesson's files expected, got "${call.text(1)}"`);
    },
    wait: (call) => {
      const time = call.number(1);
      if (!(time >= 0 && time <= MAX_DELAY_SECONDS)) call.fail(1, `a time of 0 to ${MAX_DELAY_SECONDS} seconds expected`);
      return exam.wait(call, { withinMs: time * 1000, look: () => undefined, late: () => ({ give: [] }) });
    },
    fail: (call) => raise(exam, requireMessage(call, 1)),
    expectThat: (call) => {
      const isRight = call.value(1);
      if (isRight instanceof LuauRef) isRight.dispose();
      const options = requireMessage(call, 2);
      exam.requireStep();
      if (isRight === undefined || isRight === false) raise(exam, options);
    },
    random: (call) => {
      const [least, most] = [call.integer(1), call.integer(2)];
      if (least > most) call.fail(2, `a number from ${least} on expected, got ${most}`);
      return exam.random(least, most);
    },
    seed: () => exam.seed,
  };
  const table = state.createTable();
  for (const [name, run] of Object.entries(functions)) addFunction(state, table, name, run);
  return table;
}

function addFunction(state: LuauState, table: LuauTable, name: string, run: HostFunction): void {
  using made = state.createFunction(name, run);
  table.set(name, made);
}

function portArgument(call: HostCall): number {
  const port = call.integer(1);
  if (port < 1 || port > 65_535) call.fail(1, `a port is a whole number from 1 to 65535, got ${port}`);
  return port;
}

function requireRoom(exam: Exam): void {
  if (exam.parts.size >= MAX_PEERS) throw new Error(`a step has at most ${MAX_PEERS} connections and listeners`);
}

/** Options in which the author says what is wrong: nothing else could. */
function requireMessage(call: HostCall, index: number): CallOptions {
  const options = readOptions(call, index);
  if (options.message === undefined) call.fail(index, "a table with a message expected: { en = …, ru = … }");
  return options;
}

function raise(exam: Exam, options: CallOptions): never {
  exam.requireStep();
  const { message = WORDS.checkError, expected, got } = options;
  return exam.fail(
    withOptions({ message, ...(expected !== undefined && { expected: shownBytes(expected) }), ...(got !== undefined && { got: shownBytes(got) }) }, options),
  );
}

function connect(exam: Exam, call: HostCall, wrap: (peer: Peer) => ReturnType<ReturnType<typeof defineConnection>["wrap"]>): HostResult {
  exam.requireStep();
  requireRoom(exam);
  const port = portArgument(call);
  const options = readOptions(call, 2);
  let peer: Peer | undefined;
  let reason: string | undefined;
  const stream = exam.machines.network.connect(exam.machines.learnerAddress, port, {
    onOpened: () => {
      peer = new Peer(exam, stream, options.sending, options.reads);
      exam.parts.delete(opening);
      exam.parts.add(peer);
      exam.happened();
    },
    onFailed: (failure) => {
      reason = failure.message;
      exam.parts.delete(opening);
      exam.happened();
    },
    onData: (bytes) => peer?.onData(bytes),
    onEnd: () => peer?.onEnd(),
    onClosed: (failure) => peer?.onClosed(failure),
    onWritable: () => peer?.onWritable(),
  });
  const opening = { end: () => stream.abort() };
  exam.parts.add(opening);
  const failed = (why: string) => ({ fail: withOptions({ message: WORDS.notConnected(port, why) }, options) });
  return exam.wait(call, {
    withinMs: options.withinMs,
    look: () => (peer !== undefined ? { give: [wrap(peer)] } : reason !== undefined ? failed(reason) : undefined),
    late: () => failed("timed out"),
  });
}

function expectListening(exam: Exam, call: HostCall): HostResult {
  const port = portArgument(call);
  const options = readOptions(call, 2);
  const open = () => exam.ports.filter((found) => found.port === port);
  return exam.wait(call, {
    withinMs: options.withinMs,
    look: () => (open().some(({ isPrivate }) => !isPrivate) ? { give: [] } : undefined),
    late: () => ({ fail: withOptions({ message: open().length > 0 ? WORDS.isPrivate(port) : WORDS.notListening(port, options.withinMs) }, options) }),
  });
}
