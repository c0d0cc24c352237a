export {
  BYTE_STREAM_LIMIT,
  CONNECTION_LIMIT,
  ENTRY_BUDGET_MS,
  INPUT_LINE_LIMIT,
  INPUT_QUEUE_LIMIT,
  MEMORY_LIMIT,
  PRINT_LINE_LIMIT,
  TARGET_RATE_RANGE,
} from "./limits.ts";
export { type FrameClock, FrameLoop } from "./frames/frame-loop.ts";
export type { ConsoleDetail, ConsoleLevel, ConsoleSink, Notice, StackFrame } from "./console.ts";
export { Program, type ProgramEvents, type ProgramOptions, type ProgramState, type ProgramStats } from "./program/program.ts";
export { type Platform, platformOf } from "./system/platform.ts";
export type { InputResult } from "./program/console-input.ts";
export type { ErrorExplanation } from "./reference/error-explanations.ts";
export type { ProgramError } from "./program/program-error.ts";
export type { ByteStreamBinding } from "./byte-stream/byte-stream-binding.ts";
export type { ExtensionParts, ZoneExtension } from "./program/zone-table.ts";
export type { Awaited, Suspension, TaskRunner } from "./task/task.ts";
