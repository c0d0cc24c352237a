import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function used(): number {
  // Memory of buffers goes a while after they do.
  for (let count = 0; count < 3; count++) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes of memory that what is made takes, in this process; it is handed on so that it is there until then. */
export function heapOf<T>(make: () => T): { readonly made: T; readonly bytes: number } {
  const before = used();
  const made = make();
  return { made, bytes: used() - before };
}
