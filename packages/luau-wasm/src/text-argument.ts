import { LuauMemoryError } from "./errors.ts";
import type { Vm } from "./vm.ts";

const encoder = new TextEncoder();

/** Hands bytes, or a text as UTF-8, to one call into the module. They are zero-terminated, and gone when the call returns. */
export function withText<R>(vm: Vm, text: string | Uint8Array, use: (address: number, length: number) => R): R {
  const bytes = typeof text === "string" ? encoder.encode(text) : text;
  const address = vm.exports.block_allocate(bytes.length + 1);
  if (address === 0) throw new LuauMemoryError(`no memory for ${bytes.length} bytes on their way to Luau`);
  try {
    vm.heap.u8.set(bytes, address);
    vm.heap.u8[address + bytes.length] = 0;
    return use(address, bytes.length);
  } finally {
    if (!vm.crashed) vm.exports.block_free(address);
  }
}
