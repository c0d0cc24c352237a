import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withVersion } from "../../release/version.mjs";
import { fingerprint } from "../../setup/fingerprint.mjs";
import { inProject, root } from "../../setup/paths.mjs";

/** The version that every package.json of the copy has, and that its changelog says is to come. */
export const TO_BECOME = "1.3.0";
/** The version that its changelog has as the last release. */
export const LAST = "1.2.0";

export const CHANGELOG = `# Changelog

Versions follow a rule.

## Unreleased

To become ${TO_BECOME}.

### The page

- The first thing that is new.

## ${LAST} – 2026-01-02

- Something old.
`;

/** What a release reads and writes: its own scripts, the links of every format and what opens them, and every package.json. */
const NEEDED = /^(?:scripts\/(?!test\/)|packages\/(?:share|network|wasm-build)\/|[^/]+$)|(?:^|\/)package\.json$/;

/** Packs the copy by npm's own means: the playground's package takes a build of everything, which a test of its own looks at. */
const PACK = `
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
export async function buildPackage({ outDir }) {
  mkdirSync(outDir, { recursive: true });
  const name = execFileSync("npm", ["pack", "--silent", "--pack-destination", outDir], { cwd: new URL("..", import.meta.url), encoding: "utf8" }).trim();
  const file = join(outDir, name);
  return { file, byteCount: statSync(file).size };
}
`;

/** A small copy of this repository, clean and on main, with its dependencies installed. */
export class ReleaseRepository {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static create(): ReleaseRepository {
    const repository = new ReleaseRepository(mkdtempSync(join(tmpdir(), "release-")));
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" });
    for (const file of listed.split("\0").filter((name) => NEEDED.test(name) && existsSync(inProject(name)))) {
      cpSync(inProject(file), repository.path(file));
      if (/(?:^|\/)package\.json$/.test(file)) repository.write(file, withVersion(repository.read(file), TO_BECOME));
    }
    repository.write("CHANGELOG.md", CHANGELOG);
    repository.write("scripts/package.mjs", PACK);
    repository.#install();
    repository.git("init", "--quiet", "--initial-branch=main");
    repository.commit("Begin");
    return repository;
  }

  /** Another one in the same state. */
  copy(): ReleaseRepository {
    const folder = mkdtempSync(join(tmpdir(), "release-"));
    cpSync(this.folder, folder, { recursive: true, verbatimSymlinks: true });
    return new ReleaseRepository(folder);
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), "utf8");
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  git(...words: string[]): string {
    return execFileSync("git", words, { cwd: this.folder, encoding: "utf8", env: this.#environment() }).trimEnd();
  }

  commit(subject: string): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", subject);
  }

  /** `npm run release -- <words>`. */
  release(...words: string[]): { status: number | null; out: string; err: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/release.mjs", ...words], {
      cwd: this.folder,
      encoding: "utf8",
      env: this.#environment(),
    });
    return { status, out: stdout, err: stderr };
  }

  /** What a release may not leave changed when it fails: commit, tags, files. */
  state(): unknown {
    return {
      head: this.git("rev-parse", "HEAD"),
      tags: this.git("tag"),
      changes: this.git("status", "--porcelain"),
      changelog: this.read("CHANGELOG.md"),
      version: this.read("package.json"),
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Writes the record that says that what package.json asks for is installed. */
  recordInstalled(): void {
    const inputs = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"];
    this.write("node_modules/.cache/zone-playground/dependencies", fingerprint(inputs, this.folder));
  }

  /** The packages that are installed here, by links, and the record that says so. */
  #install(): void {
    const modules = this.path("node_modules");
    mkdirSync(modules);
    for (const name of readdirSync(inProject("node_modules")).filter((name) => name !== ".cache"))
      symlinkSync(inProject("node_modules", name), join(modules, name));
    for (const folder of ["bridge", "web"]) mkdirSync(this.path(join(folder, "node_modules")), { recursive: true });
    const share = this.path("packages/share/node_modules");
    mkdirSync(join(share, "@playground"), { recursive: true });
    symlinkSync("../../../network", join(share, "@playground/network"));
    symlinkSync(inProject("packages/share/node_modules/fflate"), join(share, "fflate"));
    this.recordInstalled();
  }

  /** Nothing of whoever runs the tests: neither settings of git's, nor the repository that a hook of git's runs in. */
  #environment(): NodeJS.ProcessEnv {
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
    const [name, email] = ["Test", "test@example.org"];
    return {
      ...own,
      GIT_CONFIG_GLOBAL: this.path(".git/none"),
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
    };
  }
}
