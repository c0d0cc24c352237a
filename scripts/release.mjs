// @ts-check
/**
 * `npm run release -- <version>`: checks, writes the version everywhere, commits, packs and tags, and says how to publish.
 * Nothing leaves this machine. `CONTRIBUTING.md` says when to run it.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { unreleased, withoutInnerLinks } from "./release/changelog.mjs";
import { check } from "./release/checks.mjs";
import { makeRelease, OUT_FOLDER, packageFiles, SUMS } from "./release/make-release.mjs";
import { parseVersion } from "./release/version.mjs";
import { errorMessage } from "./setup/error-message.mjs";
import { git } from "./setup/git.mjs";
import { inProject, root } from "./setup/paths.mjs";
import { quietly, say, step } from "./setup/progress.mjs";
import { checkNode, installDependencies } from "./setup/project.mjs";
import { runCommand } from "./setup/run-command.mjs";

const EXIT_REFUSED = 1;
const EXIT_USAGE = 2;

const HELP = `npm run release -- <version> [--dry-run] [--no-test]

Makes a release of what is committed on main, on this machine alone: a commit with the version
everywhere, the package and its checksum in ${OUT_FOLDER}/, and a tag. Then says how to publish it.

  <version>   three numbers, higher than those of the last release, such as 0.4.0
  --dry-run   checks all but the tests, shows what would be done, and changes nothing
  --no-test   leaves \`npm test\` out, for trying the command; never for what is published
`;

try {
  process.exitCode = await main();
} catch (error) {
  say(`npm run release: ${errorMessage(error)}; nothing was changed`);
  process.exitCode = EXIT_REFUSED;
}

/** @returns {Promise<number>} the exit status */
async function main() {
  const command = readCommand();
  if (typeof command === "string") {
    say(`npm run release: ${command}`);
    return EXIT_USAGE;
  }
  const { version, isDryRun, hasTests } = command;
  if (version === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  checkNode();
  await quietly(async () => void (await installDependencies()));
  const { refusals, links } = await check(version);
  for (const refusal of refusals) say(refusal);
  if (refusals.length > 0) return EXIT_REFUSED;
  say(`share links of every format open: ${links}`);
  const date = new Date().toISOString().slice(0, 10);
  const notes = withoutInnerLinks(unreleased(readFileSync(inProject("CHANGELOG.md"), "utf8")) ?? "");
  if (isDryRun) {
    process.stdout.write(plan({ version, date, hasTests, notes }));
    return 0;
  }
  if (hasTests) await step("tests", () => runCommand("npm", ["test"]));
  const { file, byteCount, commit } = await step("release", () => makeRelease({ version, date }, buildPackage));
  process.stdout.write(`
${version} is commit ${commit.slice(0, 7)} with the tag v${version}, on this machine alone.
${file} has ${byteCount} bytes; ${OUT_FOLDER}/${SUMS} has its checksum.
To take it back before it is published: git tag --delete v${version} && git reset --keep HEAD~1

${publishing(version, file)}
${notes}
`);
  return 0;
}

/** Loaded late: what packs needs the dependencies. @param {{ outDir: string }} options @returns {Promise<{ file: string, byteCount: number }>} */
async function buildPackage(options) {
  return (await import(pathToFileURL(inProject("scripts/package.mjs")).href)).buildPackage(options);
}

/** @returns {{ version?: string, isDryRun: boolean, hasTests: boolean } | string} the command, or what is wrong with it; without a version, help is asked for */
function readCommand() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { "dry-run": { type: "boolean", default: false }, "no-test": { type: "boolean", default: false }, help: { type: "boolean", default: false } },
    });
    const options = { isDryRun: values["dry-run"], hasTests: !values["no-test"] };
    if (values.help) return options;
    const [version, ...more] = positionals;
    if (version === undefined || more.length > 0) return "give one version, such as npm run release -- 0.4.0";
    if (parseVersion(version) === undefined) return `a version is three numbers, such as 0.4.0, not ${JSON.stringify(version)}`;
    return { version, ...options };
  } catch (error) {
    return errorMessage(error).split(/\. |\n/)[0] ?? "";
  }
}

/** @param {{ version: string, date: string, hasTests: boolean, notes: string }} release */
function plan({ version, date, hasTests, notes }) {
  const file = `${OUT_FOLDER}/zone-playground-${version}.tgz`;
  return `
Without --dry-run this would:
${hasTests ? "  run npm test\n" : ""}  write ${version} into ${packageFiles().length} package.json and, dated ${date}, into CHANGELOG.md
  commit that as "Release ${version}", and tag it v${version}
  write ${file} and ${OUT_FOLDER}/${SUMS}

${publishing(version, file)}
${notes}
`;
}

/** How a release is published, down to the colon before its notes. @param {string} version @param {string} file */
function publishing(version, file) {
  const remotes = git(root, "remote").split("\n").filter(Boolean);
  const remote = remotes.length === 1 || remotes.includes("origin") ? (remotes.includes("origin") ? "origin" : remotes[0]) : "<remote>";
  return `To publish it:

  git push ${remote} main v${version}
  npm publish ./${file.replaceAll("\\", "/")}

and make a release of the tag v${version} where the repository is, with ${file} and ${OUT_FOLDER}/${SUMS} attached and these notes:
`;
}
