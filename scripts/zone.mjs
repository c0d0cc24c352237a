// @ts-check
/** `npm run zone -- <files, folders, zips or share links>`: sets up what it needs, then runs Luau programs in this terminal. `--help` tells more. */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { versionText } from "./setup/commit.mjs";
import { inProject } from "./setup/paths.mjs";

// A process of its own: what setting up needs, 11 MB, goes with it, and this one lives as long as the programs.
const { status } = spawnSync(process.execPath, [inProject("scripts", "setup", "runner.mjs")], { stdio: ["ignore", "inherit", "inherit"] });
if (status !== 0) process.exit(2);

const { runCommand } = await import(pathToFileURL(inProject("packages/headless/dist/index.js")).href);
process.exitCode = await runCommand(process.argv.slice(2), { version: versionText });
