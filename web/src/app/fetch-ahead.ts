import { luauModule } from "../workers/luau-module.ts";
import { fetchProgramWorker } from "../programs/new-worker.ts";

/**
 * Fetches the largest of what the page will need, editor, terminal and VM, while the reader decides about a shared
 * project. Nothing of it runs. A failure is of no account here: whoever needs a part fetches it again, and says what is wrong.
 */
export function fetchAhead(): void {
  void Promise.allSettled([import("../editor/code-view.ts"), import("../console/terminal-view.ts"), luauModule(), fetchProgramWorker()]);
}
