import type { ClassSpec } from "./class-spec.ts";
import type { StateCore } from "./core.ts";
import { LuauMemoryError, LuauUsageError } from "./errors.ts";
import type { HostFunction } from "./host-call.ts";
import type { HostFunctions } from "./host-functions.ts";
import { LuauClass } from "./object-class.ts";
import { checkStatus } from "./status.ts";
import { withText } from "./text-argument.ts";

/** Makes a class in the module and adds its methods. Throws LuauUsageError `too-many-classes`, LuauMemoryError. */
export function defineClass<T extends object>(core: StateCore, functions: HostFunctions, spec: ClassSpec<T>): LuauClass<T> {
  const { vm, runtime } = core;
  const tag = withText(vm, spec.name, (address, length) => vm.exports.class_open(runtime, address, length));
  if (tag === 0) throw new LuauUsageError("too-many-classes", `no room for the class ${spec.name}: a Luau state has room for 127`);
  if (tag < 0) throw new LuauMemoryError();
  const add = (name: string, fn: HostFunction, isMetamethod: boolean) => {
    const id = functions.add(core, fn);
    const status = withText(vm, name, (address, length) => vm.exports.class_add(runtime, tag, id, address, length, isMetamethod ? 1 : 0));
    checkStatus(status, "bad-value", `cannot add ${name} to ${spec.name}`);
  };
  for (const [name, fn] of Object.entries(spec.methods)) add(name, fn, false);
  for (const [name, fn] of Object.entries(spec.metamethods ?? {})) add(name, fn, true);
  vm.exports.class_close(runtime, tag);
  return new LuauClass(core, tag, spec.name, spec.onCollect && ((object) => spec.onCollect!(object)));
}
