import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const BUILD = fileURLToPath(new URL("../build.mjs", import.meta.url));
const WASM = fileURLToPath(new URL("../dist/luau.wasm", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "luau-wasm-build-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the build as a program, to its end. */
function build(environment: Record<string, string>): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [BUILD], { env: environment });
    let output = "";
    let errors = "";
    child.stdout.on("data", (text) => (output += String(text)));
    child.stderr.on("data", (text) => (errors += String(text)));
    child.on("close", (code) => resolve({ code, output, errors }));
  });
}

/** A folder with a program that pretends to be the compiler, and fails. */
function failingCompiler(): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(
    join(bin, "em++"),
    '#!/bin/sh\ncase "$1" in --version) echo test;; *) echo "boom: $2" >&2; echo "em++: error: \'the whole command\'" >&2; exit 3;; esac\n',
    { mode: 0o755 },
  );
  return bin;
}

describe("the build", () => {
  test("without em++ says what to install", async () => {
    const { code, errors } = await build({ PATH: folder, ZONE_CACHE_DIR: folder });
    expect(code).toBe(1);
    expect(errors).toMatch(/^em\+\+ is missing: install Emscripten/);
  });

  test("without cargo says what to install", async () => {
    const { code, errors } = await build({ PATH: failingCompiler(), ZONE_CACHE_DIR: folder });
    expect(code).toBe(1);
    expect(errors).toMatch(/^cargo is missing/);
  });

  test("a compile error ends it, is told, and leaves nothing in the cache", async () => {
    const before = readFileSync(WASM);
    const bin = failingCompiler();
    // The real cargo: what it fetched is compared with the recipe's checksum.
    const { code, output, errors } = await build({ ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"]}`, ZONE_CACHE_DIR: folder });
    expect(code).toBe(1);
    expect(output).toContain("fetching the Luau sources\ncompiling ");
    expect(errors).toContain("boom: ");
    expect(errors).not.toContain("the whole command");
    const left = readdirSync(join(folder, "luau"), { recursive: true }).map(String);
    expect(left.filter((name) => /\.(o|wasm|tmp)$/.test(name))).toEqual([]);
    expect(readFileSync(WASM).equals(before)).toBe(true);
  });
});

describe("the built module", () => {
  test("is there and is at most 260 KB gzipped", () => {
    expect(existsSync(WASM)).toBe(true);
    expect(gzipSync(readFileSync(WASM), { level: 9 }).length).toBeLessThanOrEqual(260_000);
  });

  test("needs nothing but what the binding gives", async () => {
    const imports = WebAssembly.Module.imports(await WebAssembly.compile(readFileSync(WASM)));
    expect(imports.map(({ module, name }) => `${module}.${name}`).sort()).toEqual([
      "env.emscripten_notify_memory_growth",
      "host.call",
      "host.collected",
      "host.now",
      "host.wall_clock",
      "host.zone_is_dst",
      "host.zone_name",
      "host.zone_offset",
      "wasi_snapshot_preview1.clock_time_get",
      "wasi_snapshot_preview1.environ_get",
      "wasi_snapshot_preview1.environ_sizes_get",
      "wasi_snapshot_preview1.fd_write",
      "wasi_snapshot_preview1.proc_exit",
    ]);
  });
});
