// @ts-check
/**
 * Compiles a part of the Luau tree and a shim of ours to one bare WebAssembly module.
 *
 * Everything that was compiled stays in a cache outside of the repository, under a hash of what it was made from, so a
 * second build only compares. Files get into the cache by renaming: a build that is killed, or that runs twice at once,
 * leaves nothing half-written behind.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { BuildError } from "./build-error.mjs";
import { editSource } from "./edit-source.mjs";
import { cacheDirectory, hash, removeAbandoned, temporaryName, writeAtomically } from "./cache.mjs";
import { findProgram, inParallel, run, versionOf } from "./programs.mjs";
import { fetchSources } from "./sources.mjs";

/**
 * What a module is made of.
 *
 * @typedef {object} Recipe
 * @property {string} name of the module and of its folder in the cache
 * @property {string} native folder of the shim: its C++ files, `Cargo.toml` and `empty.rs`
 * @property {string} output path of the built module
 * @property {string} crate the crate that holds the Luau tree
 * @property {string} crateSha256 SHA-256 of the crate's file in hex, as crates.io has it: nothing else is compiled
 * @property {readonly string[]} parts of the Luau tree that are compiled, each a folder with `src` and `include`
 * @property {ReadonlySet<string>} unused files of these parts that are not compiled, such as `Ast/src/PrettyPrinter.cpp`
 * @property {readonly import("./edit-source.mjs").Edit[]} edits of files of Luau's own, made while they are compiled
 * @property {readonly string[]} flags for every file
 * @property {(part: string) => readonly string[]} partFlags for the files of one part, and for those of the shim: `native`
 * @property {readonly string[]} includes of the shim alone, folders in the Luau tree
 * @property {readonly string[]} linkFlags
 * @property {(crateVersion: string) => string} luauVersion the version of Luau that the crate holds
 */

/**
 * Builds a module, or takes it from the cache, and puts it at its place.
 *
 * @param {Recipe} recipe
 * @param {{ log?: (line: string) => void, isBackground?: boolean }} [options] `log` gets the progress, line by line; `isBackground`: other programs go first
 * @returns {Promise<{ path: string, bytes: number, cached: boolean }>}
 */
export async function buildModule(recipe, { log = () => {}, isBackground = false } = {}) {
  const started = performance.now();
  const compiler = findProgram("em++");
  if (!compiler) throw new BuildError("em++ is missing: install Emscripten (Debian and Ubuntu: apt-get install emscripten)");

  const compilerVersion = await versionOf(compiler);
  const shim = readShim(recipe.native);
  const { crate, parts, flags, linkFlags } = recipe;
  const partFlags = [...parts, "native"].map(recipe.partFlags);
  const inputs = {
    compilerVersion,
    shim: hash(shim),
    manifest: shim["Cargo.toml"],
    crate,
    parts,
    unused: [...recipe.unused],
    edits: recipe.edits,
    flags,
    partFlags,
    includes: recipe.includes,
    linkFlags,
  };
  const cache = join(cacheDirectory(), recipe.name);
  const built = join(cache, `${hash(inputs)}.wasm`);

  const cached = existsSync(built);
  if (!cached) await compileAll({ recipe, log, isBackground, compiler, cache, built, inputs });
  const bytes = readFileSync(built);
  if (!existsSync(recipe.output) || !readFileSync(recipe.output).equals(bytes)) writeAtomically(recipe.output, bytes);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log(cached ? `${recipe.name}.wasm is up to date (${seconds} s)` : `${recipe.name}.wasm is built: ${bytes.length} bytes (${seconds} s)`);
  return { path: recipe.output, bytes: bytes.length, cached };
}

/** @param {{ recipe: Recipe, log: (line: string) => void, isBackground: boolean, compiler: string, cache: string, built: string, inputs: Record<string, unknown> & { shim: string } }} job */
async function compileAll({ recipe, log, isBackground, compiler, cache, built, inputs }) {
  const { native, parts, crate, crateSha256 } = recipe;
  const sources = await fetchSources({ log, cache, native, crate, crateSha256 });
  // As system headers: their warnings are not ours to mend.
  const includes = parts.map((part) => `-isystem${join(sources.luau, part, "include")}`);
  const flags = [...recipe.flags, `-ffile-prefix-map=${sources.luau}=luau`, `-ffile-prefix-map=${native}=native`, ...includes];

  // The parts of Luau depend on the crate alone, so that a change of the shim compiles only the shim, and an edit only its file.
  const luauKey = hash({
    ...inputs,
    shim: undefined,
    linkFlags: undefined,
    includes: undefined,
    unused: undefined,
    edits: undefined,
    version: sources.version,
  });
  const objects = join(cache, `objects-${luauKey}`);
  mkdirSync(objects, { recursive: true });
  removeAbandoned(cache);
  removeAbandoned(objects);

  /** @type {{ label: string, source: string, object: string, flags: string[] }[]} */
  const jobs = [];
  for (const part of parts) {
    const folder = join(sources.luau, part, "src");
    for (const name of cppFiles(folder)) {
      const label = `${part}/src/${name}`;
      if (recipe.unused.has(label)) continue;
      const edits = recipe.edits.filter(({ file }) => file === label);
      const kept = edits.length > 0 ? `${part}-${hash(edits)}-${name}` : `${part}-${name}`;
      const job = { label, source: join(folder, name), object: join(objects, `${kept}.o`), flags: [...recipe.partFlags(part), ...flags] };
      if (edits.length > 0) {
        const edited = editSource(label, readFileSync(job.source, "utf8"), edits);
        job.source = join(objects, kept);
        writeAtomically(job.source, edited);
        job.flags.push(`-iquote${folder}`, `-ffile-prefix-map=${objects}=luau/${part}`);
      }
      jobs.push(job);
    }
  }
  const missed = recipe.edits.find(({ file }) => !jobs.some(({ label }) => label === file));
  if (missed) throw new BuildError(`the recipe edits ${missed.file}, which is not compiled`);
  const luauVersion = recipe.luauVersion(sources.version);
  const internal = recipe.includes.map((folder) => `-I${join(sources.luau, folder)}`);
  for (const name of cppFiles(native)) {
    const object = join(objects, `native-${inputs.shim}-${name}.o`);
    jobs.push({
      label: `native/${name}`,
      source: join(native, name),
      object,
      flags: [...recipe.partFlags("native"), "-Wall", "-Wextra", `-DLUAU_VERSION="${luauVersion}"`, ...flags, ...internal],
    });
  }

  // The longest files first, so that the cores are done at the same time.
  jobs.sort((a, b) => statSync(b.source).size - statSync(a.source).size);
  const missing = jobs.filter((job) => !existsSync(job.object));
  log(`compiling ${missing.length} of ${jobs.length} files of Luau ${luauVersion}`);
  let done = 0;
  await inParallel(missing, async (job) => {
    // Another build that runs at the same time may have been faster.
    if (!existsSync(job.object)) {
      const temporary = temporaryName(job.object);
      try {
        await run(compiler, ["-c", job.source, "-o", temporary, ...job.flags], { isBackground });
        renameSync(temporary, job.object);
      } finally {
        rmSync(temporary, { force: true });
      }
    }
    log(`[${++done}/${missing.length}] ${job.label}`);
  });

  log(`linking ${recipe.name}.wasm`);
  const temporary = `${temporaryName(built)}.wasm`;
  try {
    await run(compiler, [...recipe.linkFlags, "-o", temporary, ...jobs.map((job) => job.object)], { isBackground });
    renameSync(temporary, built);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** @param {string} folder @returns {string[]} names, in a fixed order */
function cppFiles(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".cpp"))
    .sort();
}

/** The shim's files by name. @param {string} folder @returns {Record<string, string>} */
function readShim(folder) {
  const names = readdirSync(folder)
    .filter((name) => /\.(cpp|h|toml|rs)$/.test(name))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
