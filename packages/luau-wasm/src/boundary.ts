import type { VmExports } from "./abi.ts";
import { Heap } from "./heap.ts";

/** What the binding and an instantiated module share: its exports, its memory and the fixed places in it, which native/boundary.cpp lays out. */
export class Boundary {
  readonly exports: VmExports;
  readonly heap: Heap;
  /** Byte address of the word that names the outbox in use. */
  readonly outboxPointer: number;
  /** Byte address of the static outbox. */
  readonly outboxHome: number;
  /** Byte address of the area that short strings travel through. */
  readonly scratch: number;
  /** Byte address of the cell: what exports give back beside their return value. Payload (8), first (4), second (4). */
  readonly cell: number;

  constructor(exports: VmExports) {
    this.exports = exports;
    this.heap = new Heap(exports.memory);
    const layout = exports.boundary_layout();
    this.heap.refresh();
    this.outboxPointer = layout;
    this.outboxHome = this.heap.u32[(layout + 4) >> 2]!;
    this.scratch = this.heap.u32[(layout + 8) >> 2]!;
    this.cell = layout + 16;
  }

  /** The first word of the cell behind the payload. */
  get first(): number {
    return this.heap.u32[(this.cell + 8) >> 2]!;
  }

  /** The second word of the cell behind the payload. */
  get second(): number {
    return this.heap.u32[(this.cell + 12) >> 2]!;
  }
}
