// @ts-check
export { BARE_MODULE_FLAGS } from "./bare-module.mjs";
export { buildModule } from "./build-module.mjs";
export { BuildError } from "./build-error.mjs";
export { findProgram } from "./programs.mjs";
export { runAsProgram } from "./run-as-program.mjs";
