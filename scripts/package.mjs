// @ts-check
/**
 * `npm run package`: the playground as one file, `dist/zone-playground-<version>.tgz`, which npm installs wherever Node runs: the built
 * page, both WASM modules, the bridge, and what runs programs without a browser. `npm run package -- --out FOLDER` puts it elsewhere.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { buildAnalysis, publishBuiltAnalysis } from "./setup/analysis.mjs";
import { buildPage, buildVm, checkNode, installDependencies } from "./setup/project.mjs";
import { buildText, commitOf } from "./setup/commit.mjs";
import { errorMessage } from "./setup/error-message.mjs";
import { inProject } from "./setup/paths.mjs";
import { say, step } from "./setup/progress.mjs";

/** Bytes that the package may have: what a class behind a slow line can still fetch in a lesson. */
export const MAX_PACKAGE_BYTES = 6_000_000;

/**
 * Makes the package, after building what it is made of.
 *
 * @param {{ outDir: string }} options the folder is made
 * @returns {Promise<{ file: string, byteCount: number }>} the absolute path of the package
 */
export async function buildPackage(options) {
  await installDependencies();
  await buildVm();
  await buildAnalysis();
  await buildPage();
  publishBuiltAnalysis();
  return packBuilt(options);
}

/**
 * Makes the package of what is built already.
 *
 * @param {{ outDir: string }} options the folder is made
 * @returns {Promise<{ file: string, byteCount: number }>} the absolute path of the package
 */
export async function packBuilt({ outDir }) {
  // Only now: what is imported there comes with the dependencies.
  const [{ bundle }, { licencesOf, licenceText, modulesInMaps }, { tarball }] = await Promise.all([
    import("./package/bundle.mjs"),
    import("./package/licences.mjs"),
    import("./package/tarball.mjs"),
  ]);
  const project = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  const page = filesUnder(inProject("web", "dist"));
  const vm = page.filter((path) => /^assets\/luau-[\w-]{8}\.wasm$/.test(path));
  if (vm.length !== 1) throw new Error(`the page has ${vm.length} files that are the Luau VM; it should have one`);
  const { files, modules } = await bundle({ define: { __VM_FILE__: JSON.stringify(`page/${vm[0]}`) } });
  const maps = page.filter((path) => path.endsWith(".map")).map((path) => inProject("web", "dist", path));
  const licences = licencesOf([...modules, ...modulesInMaps(maps)]);

  const packed = tarball([
    { path: "package.json", bytes: bytesOf(`${JSON.stringify(description(project), null, 2)}\n`) },
    { path: "README.md", bytes: readFileSync(inProject("packages/cli/PACKAGE.md")) },
    { path: "LICENSE", bytes: readFileSync(inProject("LICENSE")) },
    { path: "THIRD-PARTY-LICENSES", bytes: bytesOf(licenceText(licences, readFileSync(inProject("scripts/package/wasm-licences.txt"), "utf8"))) },
    { path: "bin/zone-playground.js", bytes: readFileSync(inProject("packages/cli/bin/zone-playground.js")), isProgram: true },
    ...files.map(({ name, code }) => ({ path: `lib/${name}`, bytes: bytesOf(code) })),
    { path: "lib/build.json", bytes: bytesOf(buildText(commitOf())) },
    // What a browser's tools would show of the sources is as large as all the rest.
    ...page.filter((path) => !path.endsWith(".map")).map((path) => ({ path: `page/${path}`, bytes: readFileSync(inProject("web", "dist", path)) })),
  ]);
  if (packed.length > MAX_PACKAGE_BYTES) throw new Error(`the package has ${packed.length} bytes; it may have ${MAX_PACKAGE_BYTES}`);
  mkdirSync(outDir, { recursive: true });
  const file = resolve(outDir, `${project.name}-${project.version}.tgz`);
  writeFileSync(file, packed);
  return { file, byteCount: packed.length };
}

/** @param {string} text */
const bytesOf = (text) => Buffer.from(text);

/** The package.json of the package: nothing to install beside it, and nothing that runs while it is. @param {Record<string, unknown>} project */
function description({ name, version, description, license, engines }) {
  return { name, version, description, license, type: "module", engines, bin: { "zone-playground": "bin/zone-playground.js" } };
}

/** @param {string} folder @returns {string[]} paths seen from it, with slashes */
function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .toSorted();
}

async function main() {
  const { values } = parseArgs({ options: { out: { type: "string", default: inProject("dist") } } });
  checkNode();
  const { file, byteCount } = await step("package", () => buildPackage({ outDir: resolve(values.out) }));
  say("");
  process.stdout.write(`${file} (${byteCount} bytes)\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await main();
  } catch (error) {
    say(`\nnpm run package: ${errorMessage(error)}`);
    process.exitCode = error instanceof TypeError && "code" in error ? 2 : 1;
  }
}
