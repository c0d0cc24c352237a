import type { StateCore } from "./core.ts";
import { LuauRef } from "./ref.ts";

/** An owned reference to a function, of a script or of the host. Run it by `LuauState.createThread`. */
export class LuauFunction extends LuauRef<StateCore> {
  /** What the reference is to. */
  readonly kind = "function" as const;
}
