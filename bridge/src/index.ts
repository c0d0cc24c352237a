export { type Bridge, type BridgeOptions, type BridgeSnapshot, BridgeStartError, startBridge } from "./bridge.ts";
export { type BridgeLimits, DEFAULT_LIMITS } from "./limits.ts";
export type { Log, LogEntry, LogLevel } from "./log/log.ts";
export { type LogFormat, LogWriter } from "./log/log-writer.ts";
export { type CommandLine, parseCommandLine } from "./config/command-line.ts";
export { type AllowRule, parseAllowRule } from "./policy/allow-rule.ts";
export type { LookUp } from "@playground/tcp";
export { COMMIT, VERSION, VERSION_TEXT } from "./version.ts";
