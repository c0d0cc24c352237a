import { loadLuau } from "@playground/luau-wasm";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { Program } from "@playground/zone";
import { carryingScript, secondsIn, type Transfer } from "./carrying-script.ts";
import { MEASURED_BYTES, UNDER_WAY, WARM_UP_BYTES } from "./echo-stream.ts";
import { zoneSession } from "./zone-session.ts";

const STREAMS = 10;
const TRANSFER: Transfer = {
  connections: STREAMS,
  blockBytes: 65_536,
  underWay: UNDER_WAY,
  warmUpBytes: WARM_UP_BYTES / STREAMS,
  measuredBytes: MEASURED_BYTES / STREAMS,
};

/** Megabytes a second that come back to a Luau script over ten connections: what the VM and the script's frames cost. */
export async function measureScriptThroughput(url: string, host: string, port: number): Promise<number> {
  const luau = await loadLuau(await readLuauWasm());
  const session = zoneSession(url);
  return new Promise((resolve, reject) => {
    const program = new Program({
      luau,
      network: session,
      entry: "bench.luau",
      files: new Map([["bench.luau", carryingScript(host, port, TRANSFER)]]),
      console: {
        write: (level, text) => {
          const seconds = secondsIn(text);
          if (level === "print" && seconds !== undefined) resolve(MEASURED_BYTES / 1e6 / seconds);
          else reject(new Error(text));
        },
      },
    });
    program.start();
    let last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      program.frame((now - last) / 1000);
      last = now;
      // As often as a worker could at most; a page's frames come 60 times a second.
      setImmediate(frame);
    };
    frame();
  });
}
