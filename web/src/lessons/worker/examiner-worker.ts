// First: what follows is evaluated after it.
import "../../workers/scope/dispose-symbol.ts";
import { loadLuau } from "@playground/luau-wasm";
import { runCheck } from "@playground/lessons/examiner";
import { workerClock } from "../../programs/worker/worker-clock.ts";
import { WebSocketSession } from "../../session/websocket-session.ts";
import { closeScope } from "../../workers/scope/closed-scope.ts";
import type { PageMessage, WorkerMessage } from "./messages.ts";
import { RemoteLearner } from "./remote-learner.ts";

/** Milliseconds for what the examiner has sent to leave, and its sockets to close. */
const FINISH_MS = 500;

function post(message: WorkerMessage): void {
  self.postMessage(message, []);
}

const learner = new RemoteLearner(post);

/** Runs one check, from "check" to "done". */
async function check(message: Extract<PageMessage, { type: "check" }>): Promise<void> {
  const { module, sessionUrl, machineToken, password, learnerAddress, steps, programs, name, seed, through } = message;
  let isOver = false;
  let onReady!: (address: string) => void;
  const ready = new Promise<string>((resolve) => (onReady = resolve));
  const session = new WebSocketSession({
    url: sessionUrl,
    machineToken,
    ...(password !== undefined && { password }),
    onReady: ({ id, address }) => {
      post({ type: "session", id, address });
      onReady(address);
    },
    // The page ends this worker then.
    onEnded: (failure) => {
      if (!isOver) post({ type: "lost", failure });
    },
  });
  const [luau, examinerAddress] = await Promise.all([loadLuau(module), ready]);
  // Another examiner may have the name already: it is of no account.
  void session.client.room.request({ kind: "rename", name });
  const running = runCheck({
    luau,
    lesson: { steps, check: new Map(message.check), programs },
    files: new Map(message.files),
    machines: {
      learnerAddress,
      examinerAddress,
      network: session.client,
      startProgram: (start, events) => learner.startProgram(start, events),
      watchPorts: (onPorts) => learner.watchPorts(onPorts),
    },
    seed,
    through,
    clock: workerClock(),
    onResult: (result) => post({ type: "result", result }),
  });
  await running.finished;
  isOver = true;
  await session.finish(FINISH_MS);
  post({ type: "done" });
}

self.addEventListener("message", ({ data }: MessageEvent<PageMessage>) => {
  if (data.type !== "check") return learner.take(data);
  closeScope();
  // A rejection here (a VM that cannot be made) becomes the worker's error, which the page shows.
  void check(data).catch((error: unknown) =>
    setTimeout(() => {
      throw error;
    }),
  );
});
