import { type ChildProcess, spawn } from "node:child_process";
import { START_LIMIT_MS } from "./commands.ts";

/** An X server without a screen, for browsers that cannot do without one. */
export class Display {
  readonly #server: ChildProcess;
  /** As `DISPLAY` names it. */
  readonly name: string;

  private constructor(server: ChildProcess, name: string) {
    this.#server = server;
    this.name = name;
  }

  static async start(): Promise<Display> {
    // It chooses a free number itself, and writes it to its third descriptor.
    const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    process.once("exit", () => server.kill("SIGKILL"));
    const number = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("Xvfb did not start")), START_LIMIT_MS);
      server.once("error", reject);
      server.once("exit", () => reject(new Error("Xvfb has ended")));
      server.stdio[3]?.once("data", (bytes: Buffer) => {
        clearTimeout(timer);
        resolve(bytes.toString().trim());
      });
    });
    return new Display(server, `:${number}`);
  }

  end(): void {
    this.#server.kill("SIGTERM");
  }
}
