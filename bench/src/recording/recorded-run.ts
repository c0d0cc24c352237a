import { Worker } from "node:worker_threads";
import { EventBatches, Recorder } from "@playground/capture/recording";
import { loadLuau } from "@playground/luau-wasm";
import { readLuauWasm } from "@playground/luau-wasm/node";
import { TcpNetwork } from "@playground/tcp";
import { Program } from "@playground/zone";
import { secondsIn } from "../echo/carrying-script.ts";

/**
 * Runs a script that prints the seconds that it took, over this computer's sockets, with frames as often as can be. Recorded, it is as in
 * the page and in a terminal: both decorators, the observer, and batches that another thread takes.
 */
export async function secondsOf(source: string, { isRecorded }: { readonly isRecorded: boolean }): Promise<number> {
  const luau = await loadLuau(await readLuauWasm());
  const network = new TcpNetwork();
  const origin = performance.timeOrigin;
  const recorder = new Recorder(() => origin + performance.now());
  const keeper = isRecorded ? new Worker(new URL("./batch-keeper.js", import.meta.url)) : undefined;
  const batches = new EventBatches(recorder, ({ events, bytes }) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    keeper?.postMessage(events, [bytes]);
  });
  keeper?.on("message", () => batches.taken());
  let isOver = false;
  try {
    return await new Promise<number>((resolve, reject) => {
      const program = new Program({
        luau,
        network: isRecorded ? recorder.scriptSide(recorder.wireSide(network)) : network,
        ...(isRecorded && { observer: recorder }),
        entry: "bench.luau",
        files: new Map([["bench.luau", source]]),
        console: {
          write: (level, text) => {
            const seconds = secondsIn(text);
            if (level === "print" && seconds !== undefined) resolve(seconds);
            else reject(new Error(text));
          },
        },
        events: {
          onState: (state) => {
            isOver = state === "stopped" || state === "failed";
          },
        },
      });
      program.start();
      let last = performance.now();
      const frame = (): void => {
        const now = performance.now();
        program.frame((now - last) / 1000);
        last = now;
        if (isRecorded) {
          recorder.frame();
          batches.flush(now);
        }
        if (!isOver) setImmediate(frame);
      };
      frame();
    });
  } finally {
    await keeper?.terminate();
    network.destroy();
    luau.dispose();
  }
}
