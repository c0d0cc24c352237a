// @ts-check
/** `npm run lessons -- check|new|build|preview <folder>`: sets up what it needs, then tries or shows lessons. `--help` tells more. */
import { pathToFileURL } from "node:url";
import { buildAnalysis } from "./setup/analysis.mjs";
import { buildLessonCheck, buildPage, buildVm, checkNode, installDependencies } from "./setup/project.mjs";
import { inProject } from "./setup/paths.mjs";
import { quietly, say } from "./setup/progress.mjs";
import { errorMessage } from "./setup/error-message.mjs";

try {
  await quietly(async () => {
    checkNode();
    await installDependencies();
    await buildAnalysis();
    await buildVm();
    await buildLessonCheck();
    if (process.argv[2] === "preview") await buildPage();
  });
} catch (error) {
  say(`\nnpm run lessons: ${errorMessage(error)}`);
  process.exit(2);
}

await import(pathToFileURL(inProject("packages/lesson-check/dist/main.js")).href);
