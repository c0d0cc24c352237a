/** Fetches and compiles a WASM module. @throws where it cannot be had, or is none */
export async function fetchModule(url: URL, signal?: AbortSignal): Promise<WebAssembly.Module> {
  const response = await fetch(url, signal === undefined ? {} : { signal });
  if (!response.ok) throw new Error(`${url.pathname}: HTTP ${response.status}`);
  // Compiling while it loads needs the right media type; a server that lacks it should not stop us.
  if (response.headers.get("content-type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
