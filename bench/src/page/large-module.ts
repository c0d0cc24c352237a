import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { ServedFile } from "./peer-pages.ts";

/** Bytes, gzipped, of the module that the official playground of Luau loads before it can run anything. */
const OFFICIAL_MODULE_BYTES = 1_290_000;
const MODULE = fileURLToPath(new URL("../../../packages/luau-analysis/dist/luau-analysis.wasm", import.meta.url));

const PAGE = `<!doctype html><meta charset="utf-8"><title>large module</title>
<button id="run" disabled>Run</button><pre id="output"></pre>
<script type="module">
const module = await WebAssembly.compileStreaming(fetch("/module.wasm"));
const imports = {};
for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
  if (kind !== "function") throw new Error(kind + " " + name + " cannot be stood in for");
  (imports[from] ??= {})[name] = () => 0;
}
await WebAssembly.instantiate(module, imports);
const button = document.getElementById("run");
button.addEventListener("click", () => { document.getElementById("output").textContent = "first line"; });
button.disabled = false;
</script>`;

/**
 * A page that fetches, compiles and instantiates a module of WebAssembly of the size of the official playground's, and
 * then lets a button print a line. The module is this project's type checker, which is a real one built from Luau's
 * sources, with random bytes in a custom section behind it, which nobody compiles, to have the same size gzipped.
 * It has no editor and runs nothing: less than the official page has to do.
 */
export function largeModulePage(): Map<string, ServedFile> {
  const module = readFileSync(MODULE);
  const missing = OFFICIAL_MODULE_BYTES - gzipSync(module, { level: 9 }).length;
  if (missing < 0) throw new Error(`the type checker has ${-missing} bytes more than the module that it stands for`);
  const padded = Buffer.concat([module, customSection(randomBytes(missing))]);
  return new Map<string, ServedFile>([
    ["/", { type: "text/html; charset=utf-8", body: PAGE }],
    ["/module.wasm", { type: "application/wasm", encoding: "gzip", body: gzipSync(padded, { level: 9 }) }],
  ]);
}

/** A custom section of a module (WebAssembly core specification, section 5.5.3): id 0, its size, a name, anything. */
function customSection(content: Buffer): Buffer {
  const name = Buffer.from("padding");
  const body = Buffer.concat([unsigned(name.length), name, content]);
  return Buffer.concat([Buffer.from([0]), unsigned(body.length), body]);
}

/** Unsigned LEB128. */
function unsigned(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}
