import wasmUrl from "@playground/luau-wasm/luau.wasm?url";

let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * The VM's code, fetched and compiled once for the whole page; every worker instantiates this one module.
 * A failure is not kept: the next call tries again.
 */
export function luauModule(): Promise<WebAssembly.Module> {
  compiled ??= compile().catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  return compiled;
}

async function compile(): Promise<WebAssembly.Module> {
  // From where this script came, which on a page of another site is not where the page came from.
  const url = new URL(wasmUrl, import.meta.url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: HTTP ${response.status}`);
  // Compiling while it loads needs the right media type; a server that lacks it should not stop us.
  if (response.headers.get("content-type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
