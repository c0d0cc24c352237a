import { type ClientMetadata, type NetworkFailure, ROOM_VERSION } from "@playground/wire";
import { failure } from "../failure.ts";
import { PASSWORD_ATTEMPTS_BURST, PASSWORD_ATTEMPTS_PER_SECOND } from "../limits.ts";
import { AddressLimit } from "../scripts/address-limit.ts";
import { hashQueue } from "./hash-queue.ts";
import type { Room } from "./room.ts";

const MISSING = failure("password-required", "This room has a password. Enter it in the page.");
const NOT_CARRIED = failure("password-required", "This room has a password, and this client cannot send one. Reload the page.");
const WRONG = failure("wrong-password", "This is not the password of the room. Ask whoever set it.");
const TOO_MANY = failure("too-many-attempts", "Too many wrong passwords came from your address. Wait a minute, then try again.");

/** Decides who may enter a room that has a password, and bounds how fast one address can guess. */
export class Admission {
  readonly #attempts = new AddressLimit(PASSWORD_ATTEMPTS_PER_SECOND, PASSWORD_ATTEMPTS_BURST);

  /** Why a plain Wisp client may not enter; undefined when it may. It has no way to send a password. */
  static refusalOfPlain(room: Room): NetworkFailure | undefined {
    return room.password.isSet ? NOT_CARRIED : undefined;
  }

  /**
   * Why a client may not enter; undefined when it may. Asynchronous only where a password has to be checked. A machine of
   * the room is known by its token: its programs, and its page after a reload, enter even after the password was changed.
   */
  check(room: Room, client: ClientMetadata, address: string): NetworkFailure | undefined | Promise<NetworkFailure | undefined> {
    if (!room.password.isSet || room.hasMachine(Buffer.from(client.machineToken).toString("hex"))) return undefined;
    if (client.version < ROOM_VERSION) return NOT_CARRIED;
    if (client.password === undefined) return MISSING;
    // Taken before the check, so that attempts made at the same moment count too.
    if (!this.#attempts.take(address)) return TOO_MANY;
    if (!room.password.isFixed && !hashQueue.hasRoom) return failure("limit-exceeded", "The bridge checks too many passwords at the moment. Try again in a few seconds.");
    return room.password.matches(client.password).then((isRight) => {
      if (!isRight) return WRONG;
      this.#attempts.giveBack(address);
      return undefined;
    });
  }
}
