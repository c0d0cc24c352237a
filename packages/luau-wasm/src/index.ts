export { Luau, LUAU_VERSION, loadLuau } from "./luau.ts";
export { DEFAULT_MEMORY_LIMIT, LuauState } from "./state.ts";
export type { FunctionOptions, StateOptions } from "./state.ts";
export { withoutShebang } from "./shebang.ts";
export type { NameKind, NameOccurrence, SyntaxFault } from "./syntax.ts";
export { LuauRef } from "./ref.ts";
export { LuauTable } from "./table.ts";
export { LuauFunction } from "./function.ts";
export { LuauThread } from "./thread.ts";
export type { EntryOptions, ResumeResult, ThreadStatus } from "./thread.ts";
export { LuauClass } from "./object-class.ts";
export type { ClassSpec, MetamethodName } from "./class-spec.ts";
export { Wrapped } from "./wrapped.ts";
export { MultipleValues, SUSPEND, values } from "./value.ts";
export type { LuauValue, Pushable } from "./value.ts";
export type { HostCall, HostFunction, HostResult } from "./host-call.ts";
export {
  LuauCompileError,
  LuauCrashError,
  LuauError,
  LuauMemoryError,
  LuauRawError,
  LuauRuntimeError,
  LuauUsageError,
} from "./errors.ts";
export type { LuauFrame, RuntimeErrorCode, UsageErrorCode } from "./errors.ts";
