import { fetchSyntaxWorker } from "../editor/services.ts";
import { luauModule } from "../workers/luau-module.ts";
import { fetchProgramWorker } from "../programs/new-worker.ts";

/**
 * Fetches what every visitor needs who runs something: editor, terminal, VM and the workers' scripts. The page's HTML asks for the same files
 * (`build/first-run-plugin.ts` reads them off this module), so that they are on their way already. None of a project's code runs.
 * A failure is of no account here: whoever needs a part fetches it again, and says what is wrong.
 */
export async function fetchAhead(): Promise<void> {
  await Promise.allSettled([import("../editor/code-view.ts"), import("../console/terminal-view.ts"), luauModule(), fetchProgramWorker(), fetchSyntaxWorker()]);
}
