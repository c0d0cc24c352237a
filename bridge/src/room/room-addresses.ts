/** The addresses of one room's machines. */
export interface RoomAddresses {
  /** An address for one more machine; undefined when all are taken. */
  take(): string | undefined;
  /** Gives an address back. */
  release(address: string): void;
  /** Gives all of the room's addresses back. */
  close(): void;
}
