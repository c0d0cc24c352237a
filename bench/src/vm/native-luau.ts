import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inProject } from "../in-project.ts";
import type { VmProgram } from "./vm-programs.ts";

/** Luau's own interpreter, built for this machine from the sources that the WASM module is made of. */
export class NativeLuau {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** The first time takes a minute or two; later the program is in the cache. */
  static async build(): Promise<NativeLuau> {
    const { stdout } = await promisify(execFile)(process.execPath, [inProject("bench/native/build.mjs")]);
    return new NativeLuau(stdout.trim());
  }

  /** Milliseconds of the processor's time that a program takes, in a new process; compiling it is not counted. */
  async time(program: VmProgram): Promise<number> {
    const running = promisify(execFile)(this.#path);
    running.child.stdin!.end(program.source);
    const { stdout } = await running;
    const [spent, result] = stdout.trim().split(" ").map(Number);
    if (result !== program.result) throw new Error(`${program.name} came to ${result} in native Luau instead of ${program.result}`);
    return spent!;
  }
}
