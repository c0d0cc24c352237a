export { withCheckDefinitions } from "./definitions.ts";
export { type CheckOptions, type CheckReport, runCheck, type RunningCheck } from "./run-check.ts";
