// @ts-check
export { buildModule } from "./build-module.mjs";
export { BuildError } from "./build-error.mjs";
export { runAsProgram } from "./run-as-program.mjs";
