// @ts-check
export { BARE_MODULE_FLAGS } from "./bare-module.mjs";
export { buildModule } from "./build-module.mjs";
export { BuildError } from "./build-error.mjs";
export { cacheDirectory, hash, temporaryName } from "./cache.mjs";
export { findProgram, inParallel, run } from "./programs.mjs";
export { runAsProgram } from "./run-as-program.mjs";
export { fetchSources } from "./sources.mjs";
