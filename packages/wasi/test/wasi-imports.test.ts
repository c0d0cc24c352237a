import { expect, test } from "vitest";
import { wasiImports } from "../src/index.ts";

const CLOCK_REALTIME = 0;
const CLOCK_MONOTONIC = 1;

function module() {
  const memory = new WebAssembly.Memory({ initial: 1 });
  return { memory, view: () => new DataView(memory.buffer), wasi: wasiImports(() => memory) };
}

test("tells the time of day and a time that goes on, in nanoseconds", () => {
  const { view, wasi } = module();
  const before = Date.now();
  expect(wasi.clock_time_get(CLOCK_REALTIME, 0n, 16)).toBe(0);
  // A number holds the nanoseconds of today to a quarter of a microsecond.
  expect(Number(view().getBigInt64(16, true)) / 1e6).toBeGreaterThan(before - 1);
  const begun = performance.now();
  wasi.clock_time_get(CLOCK_MONOTONIC, 0n, 24);
  const told = Number(view().getBigInt64(24, true)) / 1e6;
  expect(told).toBeGreaterThanOrEqual(begun - 0.001);
  expect(told).toBeLessThanOrEqual(performance.now() + 0.001);
});

test("takes everything that is written, and keeps none of it", () => {
  const { view, wasi } = module();
  view().setUint32(4, 10, true);
  view().setUint32(12, 32, true);
  expect(wasi.fd_write(1, 0, 2, 64)).toBe(0);
  expect(view().getUint32(64, true)).toBe(42);
});

test("has no environment, and throws where the module would end the process", () => {
  const { view, wasi } = module();
  view().setUint32(0, 7, true);
  view().setUint32(4, 7, true);
  expect(wasi.environ_sizes_get(0, 4)).toBe(0);
  expect([view().getUint32(0, true), view().getUint32(4, true)]).toEqual([0, 0]);
  expect(wasi.environ_get()).toBe(0);
  expect(() => wasi.proc_exit(3)).toThrow("exit with 3");
});

test("finds a memory that has grown", () => {
  const { memory, view, wasi } = module();
  memory.grow(1);
  const far = 65_536 + 8;
  expect(wasi.environ_sizes_get(far, far + 4)).toBe(0);
  expect(view().getUint32(far, true)).toBe(0);
});
