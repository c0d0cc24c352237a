import { onTestFinished, vi } from "vitest";
import { ProgramList, type ProgramListOptions, type SourceFile } from "../../src/programs/program-list.ts";
import { ScriptedWorker } from "./scripted-worker.ts";

/** The document, and the page's window beside it. What they stand in for is gone for good: tests that use this run by themselves. */
export const page = Object.assign(new EventTarget(), { hidden: false });
vi.stubGlobal("document", page);
vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
vi.stubGlobal("location", { origin: new URL(import.meta.url).origin });
vi.stubGlobal("Worker", ScriptedWorker);
// Whether a worker has died is told by locks, which programs of a test do not take.
vi.stubGlobal("navigator", {});

const MODULE = new WebAssembly.Module(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00));

export const program = (name: string): SourceFile => ({ name, source: `-- ${name}`, isProgram: true });

/** A list of the programs of these files, which can be changed; it is over when its test is. */
export function openPrograms(
  names: readonly string[],
  onChange: ProgramListOptions["onChange"] = () => {},
): { readonly list: ProgramList; readonly files: SourceFile[] } {
  const files = names.map(program);
  const list = new ProgramList({
    files: () => files,
    module: () => Promise.resolve(MODULE),
    sessionUrl: "ws://127.0.0.1:8080/room/test/",
    machineToken: new Uint8Array(16),
    endSession: () => {},
    onChange,
  });
  onTestFinished(async () => {
    const disposed = list.dispose();
    for (const worker of ScriptedWorker.started.splice(0)) worker.say({ type: "finished" });
    await disposed;
  });
  return { list, files };
}
