import wasmUrl from "@playground/luau-wasm/luau.wasm?url";
import { fetchModule } from "./fetch-module.ts";

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * The VM's code, fetched and compiled once for the whole page; every worker instantiates this one module.
 * A failure is not kept: the next call tries again.
 */
export function luauModule(): Promise<WebAssembly.Module> {
  // From where this script came, which on a page of another site is not where the page came from.
  compiled ??= fetchModule(new URL(wasmUrl, import.meta.url)).catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}
