/** The thread that takes what is recorded, as the page's own does: says for each batch that it has it. */
import { parentPort } from "node:worker_threads";

parentPort?.on("message", () => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage("taken");
});
