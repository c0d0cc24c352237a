import { type ClientMetadata, type NetworkFailure, ROOM_VERSION } from "@playground/wire";
import type { ClientAccount } from "../client/client-account.ts";
import { failure } from "../failure.ts";
import { hashQueue } from "./hash-queue.ts";
import type { Room } from "./room.ts";

const MISSING = failure("password-required", "This room has a password. Enter it in the page.");
const NOT_CARRIED = failure("password-required", "This room has a password, and this client cannot send one. Reload the page.");
const WRONG = failure("wrong-password", "This is not the password of the room. Ask whoever set it.");

/** Decides who may enter a room that has a password, and bounds how fast one address can guess. */
export class Admission {
  /** Why a plain Wisp client may not enter; undefined when it may. It has no way to send a password. */
  static refusalOfPlain(room: Room): NetworkFailure | undefined {
    return room.password.isSet ? NOT_CARRIED : undefined;
  }

  /**
   * Why a client may not enter; undefined when it may. Asynchronous only where a password has to be checked. A machine of
   * the room is known by its token: its programs, and its page after a reload, enter even after the password was changed.
   */
  check(room: Room, client: ClientMetadata, account: ClientAccount): NetworkFailure | undefined | Promise<NetworkFailure | undefined> {
    if (!room.password.isSet || room.hasMachine(Buffer.from(client.machineToken).toString("hex"))) return undefined;
    if (client.version < ROOM_VERSION) return NOT_CARRIED;
    if (client.password === undefined) return MISSING;
    // Taken before the check, so that attempts made at the same moment count too.
    const tooMany = account.take("wrongPasswords");
    if (tooMany !== undefined) return { ...tooMany, code: "too-many-attempts" };
    if (!room.password.isFixed && !hashQueue.hasRoom) return failure("limit-exceeded", "The bridge checks too many passwords at the moment. Try again in a few seconds.");
    return room.password.matches(client.password).then((isRight) => {
      if (!isRight) return WRONG;
      account.giveBack("wrongPasswords");
      return undefined;
    });
  }
}
