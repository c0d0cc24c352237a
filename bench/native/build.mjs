// @ts-check
/**
 * Builds Luau's own interpreter for this machine, from the sources that the WASM module is made of, and prints the path of the
 * program. It stays in the cache.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LUAU_SOURCES } from "../../packages/luau-wasm/build.mjs";
import { BuildError, cacheDirectory, fetchSources, findProgram, hash, inParallel, run, runAsProgram, temporaryName } from "../../packages/wasm-build/index.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
/** Flags of Luau's own release builds. */
const FLAGS = ["-std=c++17", "-O3", "-DNDEBUG", "-fno-math-errno"];

/** @param {{ log: (line: string) => void }} options @returns {Promise<string>} the program's path */
async function buildNative({ log }) {
  const compiler = findProgram("g++");
  if (!compiler) throw new BuildError("g++ is missing: install it (Debian and Ubuntu: apt-get install g++)");
  const runner = join(HERE, "run.cpp");
  const { native, crate, crateSha256, parts } = LUAU_SOURCES;
  const cache = join(cacheDirectory(), "luau-native");
  const sourcesCache = join(cacheDirectory(), "luau");
  const version = await run(compiler, ["--version"]);
  const built = join(cache, hash({ version, runner: readFileSync(runner, "utf8"), crateSha256, flags: FLAGS }));
  if (existsSync(built)) return built;

  mkdirSync(cache, { recursive: true });
  const sources = await fetchSources({ log, cache: sourcesCache, native, crate, crateSha256 });
  const files = parts.flatMap((part) => {
    const names = readdirSync(join(sources.luau, part, "src")).filter((name) => name.endsWith(".cpp"));
    return names.map((name) => join(sources.luau, part, "src", name));
  });
  const includes = parts.map((part) => `-isystem${join(sources.luau, part, "include")}`);
  const temporary = temporaryName(built);
  mkdirSync(temporary);
  try {
    log(`compiling ${files.length + 1} files of Luau for this machine`);
    /** @type {string[]} */
    const objects = [];
    await inParallel([...files, runner], async (file) => {
      const object = join(temporary, `${objects.length}.o`);
      objects.push(object);
      await run(compiler, ["-c", file, "-o", object, ...FLAGS, ...includes]);
    });
    await run(compiler, ["-o", join(temporary, "luau"), ...objects]);
    renameSync(join(temporary, "luau"), built);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return built;
}

await runAsProgram(import.meta.url, async () => {
  console.log(await buildNative({ log: (line) => console.error(line) }));
});
