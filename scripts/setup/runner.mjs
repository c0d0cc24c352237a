// @ts-check
/** What `npm run zone` runs first: sets up the runner; ends with status 1 where that fails, having said why. */
import { buildHeadless, buildVm, checkNode, installDependencies } from "./project.mjs";
import { quietly, say } from "./progress.mjs";
import { errorMessage } from "./error-message.mjs";

try {
  await quietly(async () => {
    checkNode();
    await installDependencies();
    await buildVm();
    await buildHeadless();
  });
} catch (error) {
  say(`\nnpm run zone: ${errorMessage(error)}`);
  process.exitCode = 1;
}
