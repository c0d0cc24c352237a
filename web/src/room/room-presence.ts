import { MAX_NAMED_MACHINES } from "@playground/network";
import type { ClientSession, RoomAnswer, RoomNews } from "@playground/wire/client";
import { type RoomMachine, RoomResult } from "@playground/wire/codec";
import { Model } from "../ui/model.ts";
import type { RoomFollower } from "../session/page-session.ts";
import type { RoomMemory } from "./room-memory.ts";

/** Machines that are kept: no bridge has as many in one room, and a list of more would be of use to nobody. */
const MAX_MACHINES = 1_024;

/** In which room a page is, and who else is there. */
export interface InRoom {
  readonly room: string;
  /** Names of other machines, at most a few. */
  readonly machines: readonly string[];
  /** How many others there are besides. */
  readonly more: number;
}

/** A name that the machine could not have. */
export interface NameProblem {
  /** Undefined when the bridge was away. */
  readonly answer: RoomAnswer | undefined;
  readonly asked: string;
}

/** Who is in the room and what listens where, as the bridge tells it; and what this page asks of the room. */
export class RoomPresence extends Model implements RoomFollower {
  readonly #memory: RoomMemory;
  readonly #machines = new Map<number, RoomMachine>();
  #session: ClientSession | undefined;
  #isKnown = false;
  #hasPassword = false;
  #nameProblem: NameProblem | undefined;

  constructor(memory: RoomMemory) {
    super();
    this.#memory = memory;
  }

  /** Whether the bridge has told who is there. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  get hasPassword(): boolean {
    return this.#hasPassword;
  }

  /** This page's own machine first, then by address. */
  get machines(): readonly RoomMachine[] {
    return [...this.#machines.values()].sort((a, b) => Number(b.isYou) - Number(a.isYou) || a.address.localeCompare(b.address, "en", { numeric: true }));
  }

  /** This page's own machine. */
  get you(): RoomMachine | undefined {
    return [...this.#machines.values()].find(({ isYou }) => isYou);
  }

  /** Whose an address is: one of the room's machines, or nobody's in it, as far as the bridge has told. */
  nameOf(address: string): { readonly kind: "machine" | "outside"; readonly name: string } {
    for (const machine of this.#machines.values()) if (machine.address === address) return { kind: "machine", name: machine.name };
    return { kind: "outside", name: address };
  }

  /** Who else is in the room, which has this name, those that listen on something first; undefined while that is not known. */
  inRoom(room: string): InRoom | undefined {
    if (!this.#isKnown) return undefined;
    const others = this.machines
      .filter(({ isYou }) => !isYou)
      .sort((a, b) => Number(b.listeners.length > 0) - Number(a.listeners.length > 0))
      .map(({ name }) => name);
    return { room, machines: others.slice(0, MAX_NAMED_MACHINES), more: Math.max(0, others.length - MAX_NAMED_MACHINES) };
  }

  /** Why the machine could not have the name that it had before; until it has another. */
  get nameProblem(): NameProblem | undefined {
    return this.#nameProblem;
  }

  /** The page's session has begun: asks who is there, and for the name that the machine had. */
  begin(session: ClientSession): void {
    this.#session = session;
    this.#nameProblem = undefined;
    const { name } = this.#memory;
    if (name !== undefined) {
      void session.room.request({ kind: "rename", name }).then((answer) => {
        if (session !== this.#session || answer === undefined || answer.result === RoomResult.DONE) return;
        this.#nameProblem = { answer, asked: name };
        this.changed();
      });
    }
    void session.room.request({ kind: "watch" });
  }

  /** The session is over: nothing is known any more. */
  end(): void {
    this.#session = undefined;
    this.#isKnown = false;
    this.#machines.clear();
    this.changed();
  }

  /** The bridge has told something. */
  take(news: RoomNews): void {
    if (news.isAll) this.#machines.clear();
    for (const id of news.gone) this.#machines.delete(id);
    for (const machine of news.machines) {
      if (this.#machines.size < MAX_MACHINES || this.#machines.has(machine.machineId)) this.#machines.set(machine.machineId, machine);
    }
    this.#isKnown = true;
    this.#hasPassword = news.hasPassword;
    this.changed();
  }

  /** Gives this machine another name, and remembers it. Undefined when the bridge is away. */
  async rename(name: string): Promise<RoomAnswer | undefined> {
    const answer = await this.#session?.room.request({ kind: "rename", name });
    if (answer?.result === RoomResult.DONE) {
      this.#memory.name = name;
      this.#nameProblem = undefined;
      this.changed();
    }
    return answer;
  }

  /** Sets the room's password, or with an empty text takes it away. Undefined when the bridge is away. */
  async setPassword(password: string): Promise<RoomAnswer | undefined> {
    const answer = await this.#session?.room.request({ kind: "set-password", password });
    if (answer?.result === RoomResult.DONE) this.#memory.password = password;
    return answer;
  }
}
