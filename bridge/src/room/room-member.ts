import { type Packet, PacketType, RoomResult, type RoomRequest } from "@playground/wire/codec";
import { addressPath } from "../client/address-group.ts";
import { MIN_PASSWORD_CHARS, ROOM_REQUESTS_BURST, ROOM_REQUESTS_PER_SECOND, WATCHERS_PER_MACHINE } from "../limits.ts";
import { RateLimit } from "../rate-limit.ts";
import type { SharedFrame } from "../websocket/packet-frame.ts";
import { HashesBusyError } from "./hash-queue.ts";
import type { Machine } from "./machine.ts";
import { freeMachineName, machineNameFault, machineNameKey, normalMachineName } from "./machine-name.ts";
import type { RoomWatcher } from "./room-presence.ts";
import type { Room } from "./room.ts";

/** An answer before it is sent. */
interface Answer {
  readonly result: RoomResult;
  readonly proposal?: string;
  readonly message?: string;
}

const DONE: Answer = { result: RoomResult.DONE };

/** The session that a member is, as the room needs it. */
export interface MemberSession {
  readonly clientAddress: string;
  readonly hasEnded: boolean;
  readonly machine: Machine;
  readonly room: Room;
  readonly services: { readonly allowList: { names(host: string): boolean } };
  readonly output: {
    readonly gate: { admits(byteCount: number): boolean };
    send(packet: Packet): void;
    /** Sends a packet that other sessions send as well. */
    sendShared(frame: SharedFrame): void;
  };
  /** Ends it: the client broke the protocol, or cannot be answered. */
  violation(message: string): void;
}

/** A session's part in its room: what it asks for, and what it is told. `docs/protocol.md`, section 10. */
export class RoomMember implements RoomWatcher {
  readonly #session: MemberSession;
  readonly #requests = new RateLimit(ROOM_REQUESTS_PER_SECOND, ROOM_REQUESTS_BURST);
  #isWatching = false;

  constructor(session: MemberSession) {
    this.#session = session;
  }

  get machine(): Machine {
    return this.#session.machine;
  }

  get canSend(): boolean {
    return this.#session.output.gate.admits(Number.POSITIVE_INFINITY);
  }

  send(news: SharedFrame): void {
    this.#session.output.sendShared(news);
  }

  /** The session has ended. */
  leave(): void {
    if (!this.#isWatching) return;
    this.#isWatching = false;
    this.machine.watchers -= 1;
    this.#session.room.presence.remove(this);
  }

  /** Answers one request, now or later. */
  handle(requestId: number, request: RoomRequest): void {
    const answer = this.#requests.take() ? this.#answer(request) : tooMany("Too many requests about the room. Wait a second.");
    if (!(answer instanceof Promise)) {
      this.#sendAnswer(requestId, answer);
      return;
    }
    answer.then(
      (settled) => this.#sendAnswer(requestId, settled),
      (error: unknown) => this.#session.violation(`The password could not be hashed: ${String(error)}`),
    );
  }

  #sendAnswer(requestId: number, { result, proposal = "", message = "" }: Answer): void {
    if (this.#session.hasEnded) return;
    this.#session.output.send({ type: PacketType.ROOM_EVENT, requestId, event: { kind: "answer", result, proposal, message } });
  }

  #answer(request: RoomRequest): Answer | Promise<Answer> {
    switch (request.kind) {
      case "watch":
        return this.#watch();
      case "rename":
        return this.#rename(request.name);
      case "set-password":
        return this.#setPassword(request.password);
    }
  }

  #watch(): Answer {
    if (!this.#isWatching) {
      if (this.machine.watchers >= WATCHERS_PER_MACHINE) return tooMany(`This page watches its room ${WATCHERS_PER_MACHINE} times already.`);
      this.#isWatching = true;
      this.machine.watchers += 1;
    }
    this.#session.room.presence.add(this);
    return DONE;
  }

  #rename(asked: string): Answer {
    const { room, services } = this.#session;
    const name = normalMachineName(asked);
    const fault = machineNameFault(name);
    if (fault !== undefined) return { result: RoomResult.BAD_NAME, message: fault };
    const isReserved = (candidate: string): boolean => services.allowList.names(machineNameKey(candidate) ?? "");
    if (isReserved(name)) return { result: RoomResult.BAD_NAME, message: `The name "${name}" belongs to a host outside the room. Choose another one.` };
    if (room.rename(this.machine, name)) return DONE;
    const holder = room.holderOf(name)?.name ?? name;
    const proposal = freeMachineName(name, (candidate) => isReserved(candidate) || room.holderOf(candidate) !== undefined);
    const looks = holder === name ? "" : `, which "${name}" is taken for`;
    return { result: RoomResult.NAME_TAKEN, proposal, message: `Another machine in this room is called "${holder}"${looks}. "${proposal}" is free.` };
  }

  #setPassword(password: string): Answer | Promise<Answer> {
    const { room } = this.#session;
    if (room.password.isFixed) return { result: RoomResult.NOT_ALLOWED, message: "The password of this room is set by whoever runs the bridge." };
    if (room.keeper !== this.machine) {
      return {
        result: RoomResult.NOT_ALLOWED,
        message: `Only the machine that has been in the room longest may set its password: ${room.keeper?.name ?? "nobody"}.`,
      };
    }
    // Characters as people count them, not bytes.
    if (password !== "" && [...password].length < MIN_PASSWORD_CHARS) {
      return { result: RoomResult.BAD_PASSWORD, message: `A password has at least ${MIN_PASSWORD_CHARS} characters.` };
    }
    return room.setPassword(password, addressPath(this.#session.clientAddress)).then(
      () => DONE,
      (error: unknown) => {
        if (error instanceof HashesBusyError) return tooMany("The bridge checks too many passwords at the moment. Try again in a second.");
        throw error;
      },
    );
  }
}

function tooMany(message: string): Answer {
  return { result: RoomResult.THROTTLED, message };
}
