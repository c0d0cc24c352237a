import type { StateCore } from "./core.ts";
import { LuauUsageError } from "./errors.ts";
import { takeFromMain } from "./value-reader.ts";
import { LuauRef } from "./ref.ts";
import { checkStatus } from "./status.ts";
import type { LuauValue, Pushable } from "./value.ts";

/** An owned reference to a table. Its accesses are raw: they run no metamethod, so no script code. */
export class LuauTable extends LuauRef<StateCore> {
  /** What the reference is to. */
  readonly kind = "table" as const;

  /** The value under a key; a table, function or thread in it is an owned reference. */
  get(key: string | number): LuauValue {
    const exports = this.core.use();
    const { reference } = this;
    this.core.vm.writer.writeOne(this.core, key);
    checkStatus(exports.table_get(this.core.runtime, reference), "bad-value", `${key} is no key`);
    return takeFromMain(this.core);
  }

  /** Throws LuauUsageError: `read-only` when the table is frozen, `bad-value` for the key NaN. */
  set(key: string | number, value: Pushable): void {
    const exports = this.core.use();
    const { reference } = this;
    if (Number.isNaN(key)) throw new LuauUsageError("bad-value", "NaN is no key");
    this.core.vm.writer.writeTwo(this.core, key, value);
    checkStatus(exports.table_set(this.core.runtime, reference), "read-only", `cannot set ${key}: the table is read-only`);
  }

  get frozen(): boolean {
    return this.core.use().table_is_frozen(this.core.runtime, this.reference) !== 0;
  }

  /** Makes the table read-only, for scripts and for the host. */
  freeze(): void {
    this.core.use().table_freeze(this.core.runtime, this.reference, 1);
  }

  /** Sets the metatable, or takes it away. */
  setMetatable(metatable: LuauTable | null): void {
    const exports = this.core.use();
    if (metatable && metatable.core !== this.core) throw new LuauUsageError("wrong-state", "this metatable belongs to another Luau state");
    const status = exports.table_set_metatable(this.core.runtime, this.reference, metatable?.reference ?? 0);
    checkStatus(status, "read-only", "cannot set the metatable: the table is read-only");
  }
}
