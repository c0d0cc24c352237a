// @ts-check
/** `npm run zone -- <files, folders, zips or share links>`: sets up what it needs, then runs Luau programs in this terminal. `--help` tells more. */
import { pathToFileURL } from "node:url";
import { buildHeadless, buildVm, checkNode, installDependencies } from "./setup/project.mjs";
import { inProject } from "./setup/paths.mjs";
import { quietly, say } from "./setup/progress.mjs";
import { errorMessage } from "./setup/error-message.mjs";

try {
  await quietly(async () => {
    checkNode();
    await installDependencies();
    await buildVm();
    await buildHeadless();
  });
} catch (error) {
  say(`\nnpm run zone: ${errorMessage(error)}`);
  process.exit(2);
}

await import(pathToFileURL(inProject("packages/headless/dist/main.js")).href);
