import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { features } from "./newer-features.ts";

const BUILT_PAGE = fileURLToPath(new URL("../../web/dist", import.meta.url));
/** The script that takes interfaces away, where pages of other sites may load it. */
const REMOVER = "assets/remove-newer-interfaces.js";

/** The scripts of workers. */
const WORKER = /-worker-[\w-]+\.js$/;

/** What this browser asks for by itself, under the policy that the bridge sends: it cannot be without. */
const DEMANDED = /^trusted/i;

/** A build of the page that runs as in a browser that is as old as we support. */
export interface OldestBuild {
  readonly directory: string;
  remove(): Promise<void>;
}

/**
 * Copies the built page and puts before each of its scripts, those of workers too, one that deletes every interface
 * that Safari 16.4, Firefox 115 or Chrome 109 lacks. What a browser lacks in syntax and styles it does not take away:
 * the build lowers the one, `page/interfaces.spec.ts` holds the other.
 */
export async function oldestBuild(): Promise<OldestBuild> {
  const directory = await mkdtemp(join(tmpdir(), "zone-oldest-"));
  await cp(BUILT_PAGE, directory, { recursive: true });
  const remover = `(${String(removeInterfaces)})(${JSON.stringify(newerInterfaces())});`;
  await writeFile(join(directory, REMOVER), remover);
  for (const file of await readdir(directory, { recursive: true })) {
    const path = join(directory, file);
    // A module is evaluated after the first that it imports.
    // A worker is one file, and its policy lets it load no other.
    if (WORKER.test(file)) await writeFile(path, `${remover}\n${await readFile(path, "utf8")}`);
    else if (file.endsWith(".js") && file !== REMOVER) {
      const address = relative(dirname(file), REMOVER);
      await writeFile(path, `import ${JSON.stringify(address.startsWith(".") ? address : `./${address}`)};\n${await readFile(path, "utf8")}`);
    }
    if (file.endsWith("index.html")) await writeFile(path, (await readFile(path, "utf8")).replace("<head>", `<head><script src="/${REMOVER}"></script>`));
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** The way from the global object to something that the oldest browsers lack. */
interface NewerInterface {
  /** "_static" at the end marks what the interface itself has, where its instances may have an older member of the same name. */
  readonly path: readonly string[];
  /** It belongs to the language, whose data mark nothing as static. */
  readonly isLanguage: boolean;
}

/** All that is newer, the innermost first. */
export function newerInterfaces(): NewerInterface[] {
  const newer = features("javascript.builtins", "api", "webassembly.api").filter(
    ({ isNewer, path }) => isNewer && !path.some((name) => /_event$|_permission$|@@/.test(name) || DEMANDED.test(name)),
  );
  return (
    newer
      .map(({ path: [first, ...path] }) => ({
        isLanguage: first === "javascript",
        path: first === "webassembly" ? ["WebAssembly", ...path.slice(1)] : first === "javascript" ? path.slice(1) : path,
      }))
      // Deeper ones are about how something behaves, and a member of the same name is a constructor.
      .filter(({ path }) => path.length <= 3 && path.at(-1) !== path.at(-2) && path.every((name) => /^\w+$/.test(name)))
      .sort((a, b) => b.path.length - a.path.length)
  );
}

/** Runs in the browser: deletes what these paths lead to, wherever it is there. */
function removeInterfaces(newer: readonly NewerInterface[]): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  if (scope["interfacesAreRemoved"] === true) return;
  scope["interfacesAreRemoved"] = true;
  type Holder = Record<string, unknown> & { prototype?: Record<string, unknown> };
  const globals = ["Window", "WorkerGlobalScope", "DedicatedWorkerGlobalScope"];
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- what runs in the browser has nothing around it
  const remove = (holder: Record<string, unknown> | undefined, name: string): void => {
    if (holder === undefined || holder === null || !Object.hasOwn(holder, name)) return;
    try {
      delete holder[name];
    } catch {
      // It cannot be deleted, as the well-known symbols; those follow below.
    }
  };
  const typedArray = Object.getPrototypeOf(Int8Array) as Holder;
  for (const { path, isLanguage } of newer) {
    const isStatic = path.at(-1)?.endsWith("_static") === true;
    const name = (path.at(-1) as string).replace("_static", "");
    const owners = path.slice(0, -1);
    let holder: Holder | undefined = scope;
    for (const owner of owners) holder = owner === "TypedArray" ? typedArray : globals.includes(owner) ? scope : (holder?.[owner] as Holder | undefined);
    if (isStatic || isLanguage || typeof holder !== "function") remove(holder, name);
    if (!isStatic && typeof holder === "function") remove((holder as Holder).prototype, name);
    if (globals.includes(owners[0] ?? "")) remove((scope[owners[0] as string] as Holder | undefined)?.prototype, name);
  }
  // Well-known symbols cannot be deleted from the function that has them.
  const native = Symbol;
  const lacking = newer.filter(({ path }) => path[0] === "Symbol").map(({ path }) => path[1] as string);
  const replaced = function (description?: string): symbol {
    return native(description);
  };
  for (const name of Object.getOwnPropertyNames(native)) {
    if (!lacking.includes(name) && !["length", "name", "prototype"].includes(name))
      Object.defineProperty(replaced, name, Object.getOwnPropertyDescriptor(native, name) as PropertyDescriptor);
  }
  replaced.prototype = native.prototype;
  Object.defineProperty(scope, "Symbol", { value: replaced, writable: true, configurable: true });
}
