/** `errno` 0. */
const SUCCESS = 0;
/** `clockid` of the time of day; all others never go back. */
const CLOCK_REALTIME = 0;
const NANOSECONDS_PER_MILLISECOND = 1e6;
/** Bytes of a `ciovec`: where a piece of what is written begins, and its length. */
const VECTOR_BYTES = 8;

/** The functions that a module imports under `wasi_snapshot_preview1`. */
export interface WasiImports extends WebAssembly.ModuleImports {
  clock_time_get(clock: number, precision: bigint, result: number): number;
  fd_write(descriptor: number, vectors: number, count: number, result: number): number;
  environ_sizes_get(count: number, size: number): number;
  environ_get(): number;
  proc_exit(code: number): never;
}

/**
 * What the C++ library of a module asks of its host (WASI preview 1, witx of snapshot 1): the time, and little else. `memory`
 * gives the module's memory, once it is there. What a module writes is counted and dropped: nobody reads what Luau prints by
 * itself, and scripts print by functions of the host's.
 */
export function wasiImports(memory: () => WebAssembly.Memory): WasiImports {
  // Made anew each time: the memory may have grown.
  const view = (): DataView => new DataView(memory().buffer);
  return {
    clock_time_get: (clock, _precision, result) => {
      const milliseconds = clock === CLOCK_REALTIME ? Date.now() : performance.now();
      view().setBigInt64(result, BigInt(Math.round(milliseconds * NANOSECONDS_PER_MILLISECOND)), true);
      return SUCCESS;
    },
    fd_write: (_descriptor, vectors, count, result) => {
      const bytes = view();
      let written = 0;
      for (let i = 0; i < count; i++) written += bytes.getUint32(vectors + i * VECTOR_BYTES + 4, true);
      bytes.setUint32(result, written, true);
      return SUCCESS;
    },
    environ_sizes_get: (count, size) => {
      view().setUint32(count, 0, true);
      view().setUint32(size, 0, true);
      return SUCCESS;
    },
    environ_get: () => SUCCESS,
    proc_exit: (code) => {
      throw new Error(`exit with ${code}`);
    },
  };
}
