import { msg, str } from "@lit/localize";
import { trustedAddress } from "./start-worker.ts";

/** What every browser that the playground supports has, and some older one has not. */
export type Lack = "wasm-exceptions" | "module-workers";

/** The oldest browsers that everything works in, for a sentence; README.md names them, too. */
export const OLDEST_BROWSERS = "Safari 16.4, Firefox 115, Chrome 109";

/**
 * What this browser lacks of what programs, the type checker and the formatter need; empty where it lacks nothing.
 * Asked once something has failed: looking for workers of modules makes one.
 */
export function lacking(): readonly Lack[] {
  return [...(hasWasmExceptions() ? [] : (["wasm-exceptions"] as const)), ...(takesModuleWorkers() ? [] : (["module-workers"] as const))];
}

/** Luau is compiled with WebAssembly's exceptions: Safari 15.2, Firefox 100, Chrome 95. */
export function hasWasmExceptions(): boolean {
  return "Tag" in WebAssembly;
}

/** Workers of modules: Safari 15, Firefox 114, Chrome 80. A browser that has them reads the option before it does anything else. */
function takesModuleWorkers(): boolean {
  let isRead = false;
  try {
    const url = URL.createObjectURL(new Blob([""], { type: "text/javascript" }));
    const options = {
      get type(): WorkerType {
        isRead = true;
        return "module";
      },
    };
    new Worker(trustedAddress(url), options).terminate();
    URL.revokeObjectURL(url);
  } catch {
    // A policy that forbids the worker says nothing about the browser: `isRead` does.
  }
  return isRead;
}

/** Says that the browser is too old for programs, and which ones are not. */
export function tooOldText(lacks: readonly string[]): string {
  const what = lacks.map(lackText).join(", ");
  return msg(str`This browser is too old to run programs. It lacks ${what}. Use ${OLDEST_BROWSERS} or newer.`, { id: "browser-too-old" });
}

function lackText(lack: string): string {
  return lack === "module-workers" ? msg("module workers", { id: "lack-module-workers" }) : msg("WebAssembly exceptions", { id: "lack-wasm-exceptions" });
}
