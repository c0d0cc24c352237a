import { fetchSyntaxWorker } from "../editor/services.ts";
import { luauModule } from "../workers/luau-module.ts";
import { fetchProgramWorker } from "../programs/new-worker.ts";

/**
 * Fetches what every visitor needs who runs something: editor, terminal, VM and the workers' scripts. The page's HTML asks for the same files
 * (`build/first-run-plugin.ts` reads them off this module), so that they are on their way already. None of a project's code runs.
 * A failure is of no account here: whoever needs a part fetches it again, and says what is wrong.
 */
export async function fetchAhead(): Promise<void> {
  await Promise.allSettled([luauModule(), fetchProgramWorker(), import("../console/terminal-view.ts"), fetchSyntaxWorker()]);
  // Here for a while, but not read yet: that would take the processor from what Run needs.
  await import("../editor/code-view.ts").catch(() => {});
}
