// @ts-check
/** `npm run check -- <files, folders or share links>`: sets up what it needs, then checks Luau code. `--help` tells more. */
import { pathToFileURL } from "node:url";
import { buildAnalysis } from "./setup/analysis.mjs";
import { buildCheck, checkNode, installDependencies } from "./setup/project.mjs";
import { inProject } from "./setup/paths.mjs";
import { quietly, say } from "./setup/progress.mjs";
import { errorMessage } from "./setup/error-message.mjs";

try {
  await quietly(async () => {
    checkNode();
    await installDependencies();
    await buildAnalysis();
    await buildCheck();
  });
} catch (error) {
  say(`\nnpm run check: ${errorMessage(error)}`);
  process.exit(2);
}

await import(pathToFileURL(inProject("packages/check/dist/main.js")).href);
