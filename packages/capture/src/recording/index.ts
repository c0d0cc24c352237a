export { EventBatches, type EventSource } from "./event-batches.ts";
export type { EventBatch } from "./event-buffer.ts";
export { MAX_BATCHES_IN_FLIGHT } from "./limits.ts";
export type { ProgramObserver, ScriptCalls } from "./program-observer.ts";
export { Recorder } from "./recorder.ts";
