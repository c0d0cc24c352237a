// @ts-check
import { stampBridge } from "../setup/commit.mjs";
import { fingerprint } from "../setup/fingerprint.mjs";
import { referencedProjects } from "../setup/references.mjs";
import { say } from "../setup/progress.mjs";

/** What `tsc --watch` says once it has compiled. */
const COMPILED = /Found (\d+) errors?\. Watching for file changes\./;

/** The end of what the compiler said that is kept, characters: the errors of one change. */
const KEPT_CHARACTERS = 16_384;

/** @typedef {import("./child-processes.mjs").ChildProcesses} ChildProcesses */

/** A bridge that is started, and started again whenever its sources or those of the packages under it have changed. */
export class BridgeOnChange {
  /** @type {ChildProcesses} */
  #processes;
  /** @type {readonly string[]} */
  #words;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #bridge;
  /** What was compiled when it was started. */
  #compiled = "";
  /** Starts go one after the other. @type {Promise<void>} */
  #last = Promise.resolve();

  /** @param {ChildProcesses} processes @param {readonly string[]} words its command line */
  constructor(processes, words) {
    this.#processes = processes;
    this.#words = words;
  }

  /**
   * Compiles and starts it, now and after each change. A change with errors leaves it as it is.
   *
   * @returns {Promise<void>} once it serves; rejects when it ends before. With errors in the sources, once these were shown.
   */
  watch() {
    const folders = referencedProjects(["bridge"]).map(({ config }) => config.replace("tsconfig.json", "dist"));
    const compiler = this.#processes.start("tsc", ["node_modules/typescript/bin/tsc", "-b", "bridge", "--watch", "--preserveWatchOutput"]);
    let heard = "";
    return new Promise((resolve, reject) => {
      compiler.stdout?.on("data", (/** @type {Buffer} */ data) => {
        heard = (heard + data.toString()).slice(-KEPT_CHARACTERS);
        const [, errors] = COMPILED.exec(heard) ?? [];
        if (errors === undefined) return;
        if (errors !== "0") say(heard.trim());
        heard = "";
        const compiled = fingerprint(folders);
        if (errors !== "0" || compiled === this.#compiled) return resolve();
        this.#compiled = compiled;
        this.#last = this.#last.catch(() => {}).then(() => this.#start());
        this.#last.then(resolve, reject);
      });
    });
  }

  async #start() {
    const isFirst = this.#bridge === undefined;
    if (this.#bridge !== undefined) await this.#processes.end(this.#bridge);
    if (this.#processes.isEnding) return;
    stampBridge();
    const bridge = this.#processes.start("bridge", ["bridge/dist/main.js", ...this.#words], { mayEnd: !isFirst });
    this.#bridge = bridge;
    await new Promise((resolve, reject) => {
      // Its first line says that it is ready, at an address that nobody needs here.
      bridge.stdout?.once("data", resolve);
      bridge.once("close", (status) => (isFirst ? reject(new Error(`the bridge ended with status ${status}`)) : resolve(undefined)));
    });
    bridge.stdout?.resume();
    if (!isFirst && bridge.exitCode === null) say("  bridge: started again with what has changed");
  }
}
