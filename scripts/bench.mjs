// @ts-check
/** `npm run bench`: sets everything up, then measures. `npm run bench -- <name>` runs one benchmark. */
import { pathToFileURL } from "node:url";
import { buildAnalysis, publishBuiltAnalysis } from "./setup/analysis.mjs";
import { buildPage, buildTypes, buildVm, checkNode, installDependencies } from "./setup/project.mjs";
import { canInstall, ensureSystemPackages, needs } from "./setup/system-packages.mjs";
import { inProject } from "./setup/paths.mjs";

checkNode();
await installDependencies();
await buildVm();
await buildAnalysis();
await buildTypes();
await buildPage();
publishBuiltAnalysis();
// A peer of some figures only: where it cannot be had they do without.
if (process.argv.includes("load") && canInstall()) await ensureSystemPackages([needs.websockify]);
await import(pathToFileURL(inProject("bench/dist/main.js")).href);
