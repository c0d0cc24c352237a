import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findProgram } from "../../packages/wasm-build/index.mjs";
import type { NodeVersion } from "../../scripts/setup/node-versions.mjs";
import { BridgeProcess } from "../support/bridge-process.ts";
import { ChildProgram } from "../support/child-program.ts";

/** How a command ended, and what it wrote. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The package in an empty folder, installed by one Node with nothing of npm's cache, no network, and nothing but that Node to be called by name. */
export class InstalledPackage {
  /** Everything of this installation; it is removed with it. */
  readonly folder = mkdtempSync(join(tmpdir(), "zone-package-"));
  readonly #environment: Readonly<Record<string, string>>;
  readonly #node: NodeVersion;

  #project = join(this.folder, "project");

  /** @param more variables of the environment */
  constructor(node: NodeVersion, more: Readonly<Record<string, string>> = {}) {
    this.#node = node;
    const programs = join(this.folder, "programs");
    mkdirSync(programs);
    mkdirSync(this.#project);
    symlinkSync(node.program, join(programs, "node"));
    this.#environment = { PATH: programs, HOME: this.folder, XDG_DATA_HOME: join(this.folder, "data"), npm_config_cache: join(this.folder, "cache"), ...more };
  }

  /** Lets npm install a package file. */
  async install(file: string): Promise<Ended> {
    const npm = findProgram("npm");
    if (npm === undefined) throw new Error("npm is not installed");
    return this.#end([realpathSync(npm), "install", "--offline", "--no-audit", "--no-fund", "--foreground-scripts", file]);
  }

  /** Takes what has been installed elsewhere. */
  use(other: InstalledPackage): void {
    this.#project = other.#project;
  }

  /** The command that npm has linked. */
  get command(): string {
    return join(this.#project, "node_modules", ".bin", "zone-playground");
  }

  /** Runs the command until it ends. */
  async run(...args: readonly string[]): Promise<Ended> {
    return this.#end([this.command, ...args]);
  }

  /** Starts the command, as a shell would by its name. */
  start(...args: readonly string[]): ChildProgram {
    return new ChildProgram(this.command, args, this.#environment);
  }

  /** Starts the bridge. */
  async serve(...options: readonly string[]): Promise<BridgeProcess> {
    return BridgeProcess.start(options, { command: this.command, environment: this.#environment });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #end(args: readonly string[]): Promise<Ended> {
    const options = { cwd: this.#project, env: this.#environment };
    try {
      const { stdout, stderr } = await promisify(execFile)(this.#node.program, args, options);
      return { status: 0, output: stdout, errors: stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number | null; stdout: string; stderr: string };
      return { status: code, output: stdout, errors: stderr };
    }
  }
}
