// @ts-check
/**
 * `npm start`: sets everything up, then serves the page and the bridge at one address.
 * What stands behind `npm start --` goes to the bridge; `npm start -- --help` lists it.
 */
import { pathToFileURL } from "node:url";
import { announceAnalysis, buildAnalysisBehindPage } from "./setup/analysis.mjs";
import { buildBridge, buildPage, buildVm, checkNode, installDependencies } from "./setup/project.mjs";
import { inProject } from "./setup/paths.mjs";
import { say } from "./setup/progress.mjs";
import { errorMessage } from "./setup/error-message.mjs";

const words = process.argv.slice(2);
const onlyTalk = words[0] === "scripts" || words.some((word) => word === "--help" || word === "--version");
/** The bridge gives up being root once it serves, and then nothing can be built any more. */
const becomesUser = "ZONE_USER" in process.env || words.some((word) => word === "--user" || word.startsWith("--user="));

try {
  checkNode();
  await installDependencies();
  if (!onlyTalk) await buildVm();
  await buildBridge();
  if (!onlyTalk) {
    await buildPage();
    announceAnalysis();
    if (becomesUser) await buildAnalysisBehindPage();
  }
} catch (error) {
  say(`\nnpm start: ${errorMessage(error)}`);
  process.exit(1);
}

await import(pathToFileURL(inProject("bridge/dist/main.js")).href);

// The first Run waits for none of this: the page is served already, and takes the type checker up when it is there.
if (!onlyTalk && !becomesUser && !process.exitCode) await buildAnalysisBehindPage();
