// @ts-check
/**
 * Builds dist/luau.wasm: the Luau VM and compiler with the shim in native/.
 *
 * As a program: `node build.mjs`. As a module: `await buildLuau({ log })`.
 *
 * Everything that was compiled stays in a cache outside of the repository, under a hash of what it was made from, so a
 * second build only compares. Files get into the cache by renaming: a build that is killed, or that runs twice at once,
 * leaves nothing half-written behind.
 */
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = dirname(fileURLToPath(import.meta.url));
const NATIVE = join(PACKAGE, "native");
const OUTPUT = join(PACKAGE, "dist", "luau.wasm");
const CRATE = "luau0-src";

/** Parts of the Luau tree that are compiled, each a folder with `src` and `include`. */
const LUAU_PARTS = ["Common", "Ast", "Bytecode", "Compiler", "VM"];
/** Files of these parts that nothing here reaches, and the one that native/clock.cpp stands in for. */
const LUAU_UNUSED = new Set(["Ast/src/PrettyPrinter.cpp", "Bytecode/src/BytecodeDump.cpp", "VM/src/lgcdebug.cpp", "VM/src/lperf.cpp"]);

/** The VM is compiled for speed, the compiler for size: it runs once for each chunk, and is half of the download. */
const SPEED_FLAGS = ["-O3"];
const SIZE_FLAGS = ["-Os"];
const COMPILE_FLAGS = ["-std=c++17", "-fwasm-exceptions", "-fno-rtti", "-fno-math-errno", "-fvisibility=hidden", "-DNDEBUG", '-DLUA_API=extern "C"', '-DLUACODE_API=extern "C"'];
const LINK_FLAGS = [
  "-O3",
  "-fwasm-exceptions",
  "--no-entry",
  "-sSTANDALONE_WASM",
  "-sALLOW_MEMORY_GROWTH",
  // The host's functions come as imports, which Emscripten does not know of.
  "-sERROR_ON_UNDEFINED_SYMBOLS=0",
  "-sWARN_ON_UNDEFINED_SYMBOLS=0",
  // The parser recurses; its own limit is reached long before the end of this many bytes.
  "-sTOTAL_STACK=1048576",
  "-sINITIAL_MEMORY=4194304",
];

/** Age in milliseconds from which a temporary file in the cache belongs to no build any more: no file takes that long. */
const ABANDONED_MS = 60 * 60 * 1000;

/** A build that cannot be done as things are, with what to do about it in the message. */
export class BuildError extends Error {}

/**
 * Builds the VM, or takes it from the cache, and puts it at `dist/luau.wasm`.
 *
 * @param {{ log?: (line: string) => void }} [options] `log` gets the progress, line by line
 * @returns {Promise<{ path: string, bytes: number, cached: boolean }>}
 */
export async function buildLuau({ log = () => {} } = {}) {
  const started = performance.now();
  const compiler = findProgram("em++");
  if (!compiler) throw new BuildError("em++ is missing: install Emscripten (Debian and Ubuntu: apt-get install emscripten)");

  const compilerVersion = await versionOf(compiler);
  const shim = readShim();
  const inputs = { compilerVersion, shim: hash(shim), crate: shim["Cargo.toml"], LUAU_PARTS, SPEED_FLAGS, SIZE_FLAGS, COMPILE_FLAGS, LINK_FLAGS };
  const cache = join(cacheDirectory(), "luau-wasm");
  const built = join(cache, `luau-${hash(inputs)}.wasm`);

  const cached = existsSync(built);
  if (!cached) await compileAll({ log, compiler, cache, built, inputs });
  const bytes = readFileSync(built);
  if (!existsSync(OUTPUT) || !readFileSync(OUTPUT).equals(bytes)) writeAtomically(OUTPUT, bytes);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  log(cached ? `luau.wasm is up to date (${seconds} s)` : `luau.wasm is built: ${bytes.length} bytes (${seconds} s)`);
  return { path: OUTPUT, bytes: bytes.length, cached };
}

/** @param {{ log: (line: string) => void, compiler: string, cache: string, built: string, inputs: Record<string, unknown> }} job */
async function compileAll({ log, compiler, cache, built, inputs }) {
  const sources = await fetchSources({ log, cache });
  const includes = LUAU_PARTS.map((part) => `-I${join(sources.luau, part, "include")}`);
  const flags = [...COMPILE_FLAGS, `-ffile-prefix-map=${sources.luau}=luau`, `-ffile-prefix-map=${NATIVE}=native`, ...includes];

  // The parts of Luau depend on the crate alone, so that a change of the shim compiles only the shim.
  const luauKey = hash({ ...inputs, shim: undefined, LINK_FLAGS: undefined, crate: sources.version });
  const objects = join(cache, `objects-${luauKey}`);
  mkdirSync(objects, { recursive: true });
  removeAbandoned(cache);
  removeAbandoned(objects);

  /** @type {{ label: string, source: string, object: string, flags: string[] }[]} */
  const jobs = [];
  for (const part of LUAU_PARTS) {
    const folder = join(sources.luau, part, "src");
    for (const name of readdirSync(folder).filter((name) => name.endsWith(".cpp")).sort()) {
      const label = `${part}/src/${name}`;
      if (LUAU_UNUSED.has(label)) continue;
      const speed = part === "VM" ? SPEED_FLAGS : SIZE_FLAGS;
      jobs.push({ label, source: join(folder, name), object: join(objects, `${part}-${name}.o`), flags: [...speed, ...flags] });
    }
  }
  const luauVersion = `0.${sources.version.split("+luau")[1] ?? "0"}`;
  const internal = `-I${join(sources.luau, "VM", "src")}`;
  for (const name of readdirSync(NATIVE).filter((name) => name.endsWith(".cpp")).sort()) {
    const object = join(objects, `native-${inputs.shim}-${name}.o`);
    jobs.push({ label: `native/${name}`, source: join(NATIVE, name), object, flags: [...SPEED_FLAGS, "-Wall", "-Wextra", `-DLUAU_VERSION="${luauVersion}"`, ...flags, internal] });
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
        await run(compiler, ["-c", job.source, "-o", temporary, ...job.flags]);
        renameSync(temporary, job.object);
      } finally {
        rmSync(temporary, { force: true });
      }
    }
    log(`[${++done}/${missing.length}] ${job.label}`);
  });

  log("linking luau.wasm");
  const temporary = `${temporaryName(built)}.wasm`;
  try {
    await run(compiler, [...LINK_FLAGS, "-o", temporary, ...jobs.map((job) => job.object)]);
    renameSync(temporary, built);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Lets cargo fetch the pinned crate, and asks it where the sources are.
 *
 * @param {{ log: (line: string) => void, cache: string }} options
 */
async function fetchSources({ log, cache }) {
  const cargo = findProgram("cargo");
  if (!cargo) throw new BuildError("cargo is missing: it fetches the Luau sources (https://rustup.rs, or Debian and Ubuntu: apt-get install cargo)");
  // A copy, because cargo writes a lock file beside the manifest.
  const folder = join(cache, `manifest-${hash(readFileSync(join(NATIVE, "Cargo.toml"), "utf8"))}`);
  for (const name of ["Cargo.toml", "empty.rs"]) {
    if (!existsSync(join(folder, name))) writeAtomically(join(folder, name), readFileSync(join(NATIVE, name)));
  }
  log("fetching the Luau sources");
  const metadata = JSON.parse(await run(cargo, ["metadata", "--format-version", "1", "--manifest-path", join(folder, "Cargo.toml")]));
  const found = metadata.packages.find((/** @type {{ name: string }} */ candidate) => candidate.name === CRATE);
  if (!found) throw new BuildError(`cargo metadata names no package ${CRATE}`);
  return { version: String(found.version), luau: join(dirname(found.manifest_path), "luau") };
}

/** The shim's files by name. @returns {Record<string, string>} */
function readShim() {
  const names = readdirSync(NATIVE).filter((name) => /\.(cpp|h|toml|rs)$/.test(name)).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(NATIVE, name), "utf8")]));
}

/** Where things stay that are made once for a machine. */
function cacheDirectory() {
  const { ZONE_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  if (ZONE_CACHE_DIR) return ZONE_CACHE_DIR;
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "zone-playground");
}

/** @param {string} program a path @returns {Promise<string>} */
async function versionOf(program) {
  // Emscripten keeps its version in a file beside the program; asking the program costs half a second.
  const file = join(dirname(realpathSync(program)), "emscripten-version.txt");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : await run(program, ["--version"]);
}

/** @param {string} name @returns {string | undefined} the path of a program */
function findProgram(name) {
  const suffixes = process.platform === "win32" ? [".exe", ".bat", ".cmd"] : [""];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const suffix of suffixes) {
      const path = join(folder, name + suffix);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/** @param {unknown} value @returns {string} */
function hash(value) {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}

/** @param {string} path */
function temporaryName(path) {
  return `${path}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
}

/** Removes what builds that were killed have left in a folder. @param {string} folder */
function removeAbandoned(folder) {
  for (const name of readdirSync(folder)) {
    if (!/\.tmp(\.|$)/.test(name)) continue;
    const path = join(folder, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > ABANDONED_MS) rmSync(path, { force: true });
  }
}

/** @param {string} path @param {Uint8Array} bytes */
function writeAtomically(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  writeFileSync(temporary, bytes);
  renameSync(temporary, path);
}

/** Works through a list with as many at a time as there are cores. The first error ends it, after those under way.
 * @template T @param {T[]} items @param {(item: T) => Promise<void>} work */
async function inParallel(items, work) {
  const queue = [...items];
  /** @type {unknown} */
  let failure;
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined && !failure; item = queue.shift()) {
      try {
        await work(item);
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), items.length) }, worker));
  if (failure) throw failure;
}

/** Runs a program and gives its output. @param {string} program @param {string[]} args @returns {Promise<string>} */
function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new BuildError(`${program} ${args.slice(0, 2).join(" ")} ended with ${signal ?? code}:\n${withoutCommand(errors)}`));
    });
  });
}

/** What a compiler says, without the page-long command that Emscripten repeats. @param {string} errors */
function withoutCommand(errors) {
  return errors.split("\n").filter((line) => !line.startsWith("em++: error: '")).join("\n").trim();
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await buildLuau({ log: (line) => console.log(line) });
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
