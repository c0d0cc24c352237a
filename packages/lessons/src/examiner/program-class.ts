import type { HostCall, HostResult, LuauClass, LuauState } from "@playground/luau-wasm";
import { INPUT_LINE_LIMIT } from "@playground/zone";
import { shownBytes } from "../results/step-result.ts";
import type { Exam, Outcome } from "./exam.ts";
import { WORDS } from "./failure.ts";
import type { LearnerRun } from "./learner-run.ts";
import { readOptions, withOptions } from "./options.ts";

/** The class CheckProgram: what `check.start` gives. */
export function defineProgram(state: LuauState, exam: Exam): LuauClass<LearnerRun> {
  return state.defineClass<LearnerRun>({
    name: "CheckProgram",
    methods: {
      expectPrinted: (call) => expectPrinted(exam, call),
      expectEnd: (call) => expectEnd(exam, call),
      nextLine: (call) => {
        const run = call.self<LearnerRun>();
        const options = readOptions(call, 1);
        return exam.wait(call, {
          withinMs: options.withinMs,
          look: () => {
            const line = run.peek();
            if (line === undefined) return run.ended === undefined ? undefined : { give: [null] };
            run.skip();
            return { give: [line] };
          },
          late: () => ({ give: [null] }),
        });
      },
      printed: (call) => {
        const table = state.createTable();
        call.self<LearnerRun>().lines.forEach((line, index) => table.set(index + 1, line));
        return table.handOver();
      },
      hasNotice: (call) => call.self<LearnerRun>().notices.has(call.text(1)),
      isRunning: (call) => call.self<LearnerRun>().ended === undefined,
      type: (call) => {
        const line = call.text(1);
        if (line.length > INPUT_LINE_LIMIT) call.fail(1, `a line of at most ${INPUT_LINE_LIMIT} characters expected, got ${line.length}`);
        call.self<LearnerRun>().input(line);
      },
      stop: (call) => {
        const run = call.self<LearnerRun>();
        let isOver = false;
        void run.end().then(() => {
          isOver = true;
          exam.happened();
        });
        const { withinMs } = readOptions(call, 1);
        return exam.wait(call, { withinMs, look: () => (isOver ? { give: [] } : undefined), late: () => ({ give: [] }) });
      },
    },
    metamethods: { __tostring: (call) => `CheckProgram(${call.self<LearnerRun>().name})` },
  });
}

function expectPrinted(exam: Exam, call: HostCall): HostResult {
  const run = call.self<LearnerRun>();
  const text = call.text(1);
  const options = readOptions(call, 2);
  const judge = (isLate: boolean): Outcome => {
    if (run.moveBehind(text, options.isExact)) return { give: [] };
    if (!isLate && run.ended === undefined) return undefined;
    const encoder = new TextEncoder();
    const shown = { expected: shownBytes(encoder.encode(text)), got: shownBytes(encoder.encode(run.lines.slice(-SHOWN_LINES).join("\n"))) };
    return { fail: withOptions({ message: run.ended === undefined ? WORDS.notPrinted(options.withinMs) : WORDS.endedWithoutPrint, ...shown }, options) };
  };
  return exam.wait(call, { withinMs: options.withinMs, look: () => judge(false), late: () => judge(true) as Exclude<Outcome, "settling" | undefined> });
}

/** Lines of what was printed that a failure shows. */
const SHOWN_LINES = 12;

function expectEnd(exam: Exam, call: HostCall): HostResult {
  const run = call.self<LearnerRun>();
  const options = readOptions(call, 1);
  return exam.wait(call, {
    withinMs: options.withinMs,
    look: () => (run.ended === undefined ? undefined : { give: [] }),
    late: () => ({ fail: withOptions({ message: WORDS.stillRunning(options.withinMs) }, options) }),
  });
}
