import type { NetworkFailure } from "@playground/network";
import { type ClientMetadata, ROOM_VERSION } from "@playground/wire/codec";
import { addressPath } from "../client/address-group.ts";
import type { ClientAccount } from "../client/client-account.ts";
import { DebtMemory } from "../client/debt-memory.ts";
import { failure } from "@playground/tcp";
import { MAX_GUESSED_ROOMS } from "../limits.ts";
import { GuessGate } from "./guess-gate.ts";
import { HashesBusyError } from "./hash-queue.ts";
import { LateAnswers } from "./late-answers.ts";
import type { Room } from "./room.ts";

const MISSING = failure("password-required", "This room has a password. Enter it in the page.");
const NOT_CARRIED = failure("password-required", "This room has a password, and this client cannot send one. Reload the page.");
const WRONG = failure("wrong-password", "This is not the password of the room. Ask whoever set it.");
const TOO_MANY = failure("too-many-attempts", "Too many passwords of this room are being guessed. Wait a moment, then try again.");
const BUSY = failure("limit-exceeded", "The bridge checks too many passwords at the moment. Try again in a few seconds.");

/** Who asks to be let in. */
export interface Applicant {
  readonly account: ClientAccount;
  /** IP address. */
  readonly address: string;
  /** Whether it still waits for the answer. */
  readonly isWaiting: () => boolean;
}

/**
 * Decides who may enter a room that has a password, and bounds how fast it can be guessed. Nobody is locked out: it is
 * the answer to wrong ones that is delayed, and when they are many, addresses take turns. `docs/protocol.md`, section 10.
 */
export class Admission {
  /** By the room's name: a room may be gone as soon as whoever guesses is refused. */
  readonly #gates = new DebtMemory<GuessGate>(MAX_GUESSED_ROOMS, (gate) => gate.msUntilBlank);
  readonly #late = new LateAnswers();

  /** Why a plain Wisp client may not enter; undefined when it may. It has no way to send a password. */
  static refusalOfPlain(room: Room): NetworkFailure | undefined {
    return room.password.isSet ? NOT_CARRIED : undefined;
  }

  /**
   * Why a client may not enter; undefined when it may. Asynchronous only where a password has to be checked. A machine of
   * the room is known by its token: its programs, and its page after a reload, enter even after the password was changed.
   */
  check(room: Room, client: ClientMetadata, applicant: Applicant): NetworkFailure | undefined | Promise<NetworkFailure | undefined> {
    const token = Buffer.from(client.machineToken).toString("hex");
    if (!room.password.isSet || room.hasMachine(token)) return undefined;
    if (client.version < ROOM_VERSION) return NOT_CARRIED;
    if (client.password === undefined) return MISSING;
    const { account } = applicant;
    let refusal = account.hold("guesses");
    // An answer that is late already gives its place to one that may be right.
    if (refusal !== undefined && this.#late.hurryOne(account)) {
      account.add("guesses");
      refusal = undefined;
    }
    if (refusal !== undefined) return { ...refusal, code: "too-many-attempts" };
    return this.#answer(room, token, client.password, applicant).finally(() => account.release("guesses"));
  }

  async #answer(room: Room, token: string, password: string, { account, address, isWaiting }: Applicant): Promise<NetworkFailure | undefined> {
    const path = addressPath(address);
    const gate = this.#gate(room.name);
    const turn = gate.turn(path, account.waitMs("wrongPasswords") > 0, isWaiting);
    // Before the check, so that guesses made at the same moment count too.
    account.spend("wrongPasswords");
    if (turn !== undefined && !(await turn)) return TOO_MANY;
    let isRight: boolean;
    try {
      isRight = await room.password.matches(password, path);
    } catch (error) {
      if (error instanceof HashesBusyError) return BUSY;
      throw error;
    } finally {
      gate.checked();
    }
    if (isRight) {
      account.giveBack("wrongPasswords");
      return undefined;
    }
    await this.#late.wait(account, gate.wrongFrom(token, account.owed("wrongPasswords")));
    return WRONG;
  }

  #gate(room: string): GuessGate {
    const known = this.#gates.get(room);
    if (known !== undefined) return known;
    const gate = new GuessGate();
    this.#gates.add(room, gate);
    return gate;
  }
}
