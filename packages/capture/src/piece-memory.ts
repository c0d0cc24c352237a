/** Memory that pieces of many events lie in. It may become other memory with the same bytes at the same places. */
export interface PieceMemory {
  readonly bytes: Uint8Array;
}

/** Whoever shows an event's piece or fields without an own copy: told where they lie from now on. */
export interface PieceHolder {
  /** `start`: where its `length` bytes begin; its fields follow them. */
  lieAt(memory: PieceMemory, start: number, length: number): void;
}
