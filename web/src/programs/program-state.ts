/** What a program is doing, as the page shows it. */
export type ProgramState = "stopped" | "starting" | "running" | "connecting" | "stopping" | "failed";

/** Whether there is something to stop. */
export function isActive(state: ProgramState): boolean {
  return state === "starting" || state === "running" || state === "connecting" || state === "stopping";
}
