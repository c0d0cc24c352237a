/** Blocks of memory of one size that are used again. A block may still hold what was in it. */
export class BlockPool<Block extends Uint8Array> {
  readonly #make: () => Block;
  readonly #mostIdle: number;
  readonly #idle: Block[] = [];

  /** `mostIdle`: blocks that wait to be used again, at most; more are left to the garbage collector. */
  constructor(make: () => Block, mostIdle: number) {
    this.#make = make;
    this.#mostIdle = mostIdle;
  }

  take(): Block {
    return this.#idle.pop() ?? this.#make();
  }

  /** Takes back a block that nobody reads or writes any more. */
  giveBack(block: Block): void {
    if (this.#idle.length < this.#mostIdle) this.#idle.push(block);
  }
}
