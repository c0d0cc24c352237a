// @ts-check
/** `npm run test:abuse`: sets up what it needs, then attacks a bridge. `npm run test:abuse -- <name>` is one attack; see bridge/abuse/README.md. */
import { pathToFileURL } from "node:url";
import { buildAbuse, checkNode, installDependencies } from "./setup/project.mjs";
import { inProject } from "./setup/paths.mjs";

checkNode();
await installDependencies();
await buildAbuse();
await import(pathToFileURL(inProject("bridge/abuse/dist/main.js")).href);
