/** An object of the host on its way into a script, made by `LuauClass.wrap`. */
export class Wrapped<T extends object> {
  readonly object: T;
  /** @internal The state that it is wrapped for; only compared. */
  readonly core: object;
  /** @internal The tag of the class in the module. */
  readonly tag: number;
  /** @internal The object's id while it has userdata, else 0. */
  id = 0;
  /** @internal */
  readonly onCollect: ((object: T) => void) | undefined;

  /** @internal */
  constructor(core: object, tag: number, object: T, onCollect: ((object: T) => void) | undefined) {
    this.core = core;
    this.tag = tag;
    this.object = object;
    this.onCollect = onCollect;
  }
}
