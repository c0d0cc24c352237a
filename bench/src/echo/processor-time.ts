import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks of `/proc` in a second: the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** A process and all that it has started, as `/proc` has them. */
function family(pid: number): number[] {
  const all: number[] = [];
  const visit = (id: number): void => {
    all.push(id);
    try {
      for (const thread of readdirSync(`/proc/${id}/task`)) {
        for (const child of readFileSync(`/proc/${id}/task/${thread}/children`, "utf8").split(" ")) if (child !== "") visit(Number(child));
      }
    } catch {
      // It has ended meanwhile.
    }
  };
  visit(pid);
  return all;
}

/** Seconds of the processor's time that a process and its children have spent, those that have ended included. Linux only. */
export function processorSeconds(pid: number): number {
  let ticks = 0;
  for (const id of family(pid)) {
    try {
      // After the name, which may have spaces, come state, parent and so on; these four are fields 14 to 17.
      const fields = readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
      ticks += fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks / TICKS_PER_SECOND;
}

/** Bytes of memory that a process and its children hold, what they share counted once. Linux only. */
export function residentBytes(pid: number): number {
  let kib = 0;
  for (const id of family(pid)) {
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {
      // It has ended meanwhile.
    }
  }
  return kib * 1024;
}
