export { type Bridge, type BridgeOptions, type BridgeSnapshot, BridgeStartError, startBridge } from "./bridge.ts";
export { type BridgeLimits, DEFAULT_LIMITS } from "./limits.ts";
export { createLog, type Log } from "./log.ts";
export { type CommandLine, parseCommandLine } from "./options.ts";
export { type AllowRule, parseAllowRule } from "./policy/allow-rule.ts";
export type { LookUp } from "./policy/resolver.ts";
export { VERSION } from "./version.ts";
