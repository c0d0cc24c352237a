import { spawn } from "node:child_process";
import { connect } from "node:net";
import { onTestFinished } from "vitest";

/** A server that leaves whoever connects without an answer. */
export interface SilentServer {
  readonly port: number;
  /** From now on it accepts: who asks again (a second after the first time, then two later) is let in. */
  wake(): void;
}

/** One slot, never accepted. Said anything, it accepts and holds what comes. */
const PROGRAM = `
import socket, sys
s = socket.socket()
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(0)
print(s.getsockname()[1], flush=True)
sys.stdin.readline()
held = []
while True: held.append(s.accept())
`;

/** Connections that fill the one slot for certain. */
const FILLERS = 4;

/** Time for them to have filled it, ms. */
const FILL_MS = 300;

/** A full backlog: the kernel drops every further SYN (Linux). */
export async function silentServer(host = "127.0.0.1", wanted = 0): Promise<SilentServer> {
  const program = spawn("python3", ["-c", PROGRAM, host, String(wanted)], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void program.kill());
  const port = Number(await new Promise<string>((resolve) => void program.stdout.once("data", (data: Buffer) => resolve(data.toString()))));
  const fillers = Array.from({ length: FILLERS }, () => connect({ host, port }).on("error", () => {}));
  onTestFinished(() => {
    for (const filler of fillers) filler.destroy();
  });
  await new Promise((resolve) => setTimeout(resolve, FILL_MS));
  return { port, wake: () => void program.stdin.write("\n") };
}
