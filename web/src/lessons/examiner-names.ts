import type { RoomPresence } from "../room/room-presence.ts";

/** Examiners that are remembered: as many checks as one goes back to in the network view. */
const MAX_EXAMINERS = 32;

/**
 * At which addresses examiners were, and what they are called: when somebody looks at an exchange, its examiner has often left the room,
 * and the address may be another machine's.
 */
export class ExaminerNames {
  readonly #names = new Map<string, string>();
  #present: string | undefined;

  /** An examiner has come into the room. */
  came(address: string, name: string): void {
    this.#present = address;
    this.#names.delete(address);
    this.#names.set(address, name);
    const [oldest] = this.#names.keys();
    if (this.#names.size > MAX_EXAMINERS && oldest !== undefined) this.#names.delete(oldest);
  }

  /** The examiner has gone. */
  left(): void {
    this.#present = undefined;
  }

  /** Whose an address is: an examiner's, another machine's as the room tells it, or nobody's in the room. */
  nameOf(address: string, room: Pick<RoomPresence, "nameOf">): ReturnType<RoomPresence["nameOf"]> {
    const name = this.#names.get(address);
    if (name !== undefined && address === this.#present) return { kind: "machine", name };
    const known = room.nameOf(address);
    return known.kind === "machine" || name === undefined ? known : { kind: "machine", name };
  }
}
