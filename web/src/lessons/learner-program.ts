import type { LearnerEvents, LearnerProgram, ProgramEnd } from "@playground/lessons";
import type { ProgramRunner } from "../programs/program-runner.ts";
import type { CheckedNetwork, WorkerMessage } from "../programs/worker/messages.ts";

/** Times that a line which a program prints over and over is told at once: more than a check keeps. */
const MAX_REPEATS = 2_000;

/**
 * Runs a program of the page for a check: in its own worker, with its console and its place in the network view, as Run does. What the
 * worker says is told to the check as well.
 */
export function startLearner(runner: ProgramRunner, network: CheckedNetwork, events: LearnerEvents): LearnerProgram {
  const typed: string[] = [];
  let isOver = false;
  const end = (how: ProgramEnd): void => {
    if (isOver) return;
    isOver = true;
    unsubscribe();
    events.onEnded(how);
  };
  const handInput = (): void => {
    if (runner.wantsInput) for (const line of typed.splice(0)) runner.input(line);
  };
  const onMessage = (message: WorkerMessage): void => {
    if (isOver) return;
    if (message.type === "console") tellEntries(message, events);
    else if (message.type === "finished") end({ kind: "stopped" });
    else if (message.type === "state" && message.state === "failed" && message.failure !== undefined) {
      const { message: text, chunk, line } = message.failure;
      // As Luau prints it.
      const place = chunk === undefined || line === undefined ? {} : { file: chunk, line };
      end({ kind: "failed", error: "file" in place ? `${place.file}:${place.line}: ${text}` : text, ...place });
    }
  };
  let hasBegun = false;
  const unsubscribe = runner.subscribe(() => {
    const { state } = runner;
    if (state === "starting") hasBegun = true;
    // A worker that could not be had, or was ended from here, says nothing more.
    else if (hasBegun && state === "failed" && runner.failure === undefined) end({ kind: "failed", error: `${runner.entry} could not be run` });
    else if (hasBegun && state === "stopped") end({ kind: "stopped" });
    if (!isOver) handInput();
  });
  void runner.run({ network, onMessage });
  return {
    input: (line) => {
      typed.push(line);
      handInput();
    },
    stop: async () => {
      await runner.stop();
      end({ kind: "stopped" });
    },
  };
}

function tellEntries({ entries }: Extract<WorkerMessage, { type: "console" }>, events: LearnerEvents): void {
  for (const { level, text, repeats = 1, notice } of entries) {
    if (level === "print" || level === "warn") for (let count = 0; count < Math.min(repeats, MAX_REPEATS); count++) events.onPrinted(text);
    else if (notice !== undefined) events.onNotice(notice.code);
  }
}
