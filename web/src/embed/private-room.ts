/** Random bytes in the name of a room: nobody guesses 96 bits. */
const ROOM_BYTES = 12;

/** As `privateRoom` makes them. */
const PRIVATE_ROOM = /^embed-[0-9a-f]{24}$/;

/** Whether a room is one of an element's own. */
export function isPrivateRoom(name: string): boolean {
  return PRIVATE_ROOM.test(name);
}

/** Name of a room that nobody else is in. */
export function privateRoom(): string {
  return `embed-${Array.from(crypto.getRandomValues(new Uint8Array(ROOM_BYTES)), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
