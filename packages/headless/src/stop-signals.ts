import { constants } from "node:os";
import { SAME_PRESS_MS } from "./limits.ts";

/** Ctrl+C, a service manager, a terminal that is closed, Ctrl+Break of Windows. */
const SIGNALS = (["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"] as const).filter((name) => name in constants.signals);

/** Calls back for the first signal that asks the process to end, and for the second one with the status to end with. Gives the function that takes the listeners away. */
export function onStopSignals(events: { readonly onFirst: () => void; readonly onSecond: (status: number) => void }): () => void {
  let firstAt: number | undefined;
  const listener = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      events.onFirst();
    } else if (now - firstAt > SAME_PRESS_MS) events.onSecond(128 + (constants.signals[signal] ?? 0));
  };
  for (const name of SIGNALS) process.on(name, listener);
  return () => {
    for (const name of SIGNALS) process.off(name, listener);
  };
}
