// @ts-check
/**
 * `npm run dev`: the page with hot reload and a bridge for it, at one link. Vite takes up what changes in the page; the bridge is
 * compiled and started again when its sources or those of its packages change. Ctrl-C ends all of it.
 * What stands behind `npm run dev --` goes to the bridge, but for `--port`, which is the page's.
 */
import { BridgeOnChange } from "./dev/bridge-on-change.mjs";
import { ChildProcesses } from "./dev/child-processes.mjs";
import { buildAnalysis } from "./setup/analysis.mjs";
import { freePort } from "./setup/free-port.mjs";
import { say } from "./setup/progress.mjs";
import { buildVm, checkNode, installDependencies } from "./setup/project.mjs";
import { errorMessage } from "./setup/error-message.mjs";

/** The page's port, unless it is taken or another is asked for. */
const PAGE_PORT = 5173;
/** Milliseconds between two questions whether the page is served yet. */
const ASK_MS = 100;

const processes = new ChildProcesses();
process.on("SIGINT", () => void processes.endAll(0));
process.on("SIGTERM", () => void processes.endAll(0));

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!processes.isEnding) say(`\nnpm run dev: ${errorMessage(error)}`);
  await processes.endAll(1);
}

/** @param {readonly string[]} words */
async function main(words) {
  const { pagePort, bridgeWords } = options(words);
  checkNode();
  await installDependencies();
  await buildVm();
  const port = pagePort === undefined ? await freePort(PAGE_PORT).catch(() => freePort()) : await freePort(pagePort);
  const bridgePort = await freePort();
  await new BridgeOnChange(processes, ["--port", String(bridgePort), ...bridgeWords]).watch();
  if (processes.isEnding) return;
  const vite = processes.start(
    "vite",
    ["node_modules/vite/bin/vite.js", "--config", "vite.config.ts", "--host", "127.0.0.1", "--port", String(port), "--strictPort", "--logLevel", "warn"],
    { env: { BRIDGE_URL: `http://127.0.0.1:${bridgePort}` } },
  );
  vite.stdout?.pipe(process.stderr);
  const link = `http://127.0.0.1:${port}/`;
  while (!processes.isEnding && !(await isServed(link))) await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  if (processes.isEnding) return;
  process.stdout.write(`Zone Playground is ready: ${link}\n`);
  // Vite hands the type checker out once it is there.
  await buildAnalysis().catch((/** @type {unknown} */ error) => say(`  type checker: not built, everything else works without it: ${errorMessage(error)}`));
}

/** @param {readonly string[]} words */
function options(words) {
  const at = words.findIndex((word) => word === "--port" || word.startsWith("--port="));
  if (at < 0) return { pagePort: undefined, bridgeWords: words };
  const inline = words[at]?.split("=")[1];
  const pagePort = Number(inline ?? words[at + 1]);
  if (!Number.isInteger(pagePort) || pagePort < 0 || pagePort > 65_535)
    throw new Error(`--port takes a port number, not ${inline ?? words[at + 1] ?? "nothing"}`);
  return { pagePort, bridgeWords: words.toSpliced(at, inline === undefined ? 2 : 1) };
}

/** @param {string} link */
async function isServed(link) {
  try {
    return (await fetch(link)).ok;
  } catch {
    return false;
  }
}
