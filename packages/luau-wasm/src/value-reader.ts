import { KIND_BOOLEAN, KIND_BUFFER, KIND_INTEGER, KIND_NIL, KIND_NONE, KIND_NUMBER, KIND_OBJECT, KIND_STRING, KIND_VECTOR } from "./abi.ts";
import type { StateCore } from "./core.ts";
import { LuauMemoryError } from "./errors.ts";
import type { LuauValue } from "./value.ts";

/** The value at an index of a thread's stack. Throws LuauMemoryError when there is no room for a reference to it. */
export function readValue(core: StateCore, thread: number, index: number): LuauValue {
  const { vm } = core;
  const { heap, cell, exports } = vm;
  const kind = exports.value_read(thread, index);
  switch (kind) {
    case KIND_NONE:
    case KIND_NIL:
      return undefined;
    case KIND_BOOLEAN:
      return vm.first !== 0;
    case KIND_NUMBER:
      return heap.f64[cell >> 3]!;
    case KIND_INTEGER:
      return heap.i64[cell >> 3]!;
    case KIND_STRING:
      return heap.u8.slice(vm.first, vm.first + vm.second);
    case KIND_BUFFER:
      return heap.u8.slice(vm.first, vm.first + vm.second).buffer;
    case KIND_VECTOR:
      return heap.f32.slice(cell >> 2, (cell >> 2) + 3);
    case KIND_OBJECT:
      return core.objectOf(vm.first);
    default: {
      const reference = exports.value_reference(thread, index);
      if (reference === 0) throw new LuauMemoryError();
      return core.makeRef(core, kind, reference);
    }
  }
}

/** The value on top of the stack that the binding works on, which is emptied. */
export function takeFromMain(core: StateCore): LuauValue {
  try {
    return readValue(core, core.main, -1);
  } finally {
    core.vm.exports.stack_clear(core.main);
  }
}
