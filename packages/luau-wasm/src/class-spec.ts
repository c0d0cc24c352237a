import type { HostFunction } from "./host-call.ts";

/** The metamethods that a class may have. `__index` and the lock of the metatable are the binding's own. */
export type MetamethodName =
  | "__len"
  | "__tostring"
  | "__eq"
  | "__lt"
  | "__le"
  | "__add"
  | "__sub"
  | "__mul"
  | "__div"
  | "__idiv"
  | "__mod"
  | "__pow"
  | "__unm"
  | "__concat"
  | "__call"
  | "__iter"
  | "__newindex";

/** What a class of userdata is made from. */
export interface ClassSpec<T extends object> {
  /** What `typeof` says, and what errors call it. */
  readonly name: string;
  readonly methods: Readonly<Record<string, HostFunction>>;
  /** `self()` is the object, argument 1 the other operand. For operators, `self()` is the operand of this class that comes first. */
  readonly metamethods?: Readonly<Partial<Record<MetamethodName, HostFunction>>>;
  /**
   * Called once no userdata of the object is left: soon after the collector has found that, and at `LuauState.dispose()`.
   * The same object may be pushed again afterwards.
   */
  onCollect?(object: T): void;
}
