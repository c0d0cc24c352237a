import { type Conditions, isPlain, PLAIN_CONDITIONS } from "@playground/conditions";
import type { ProgramList } from "../programs/program-list.ts";
import type { ProgramRunner } from "../programs/program-runner.ts";
import { Model } from "../ui/model.ts";

/**
 * Time in the reader's hands: pause and step for all programs of the page, and the conditions of the network of each. What is chosen
 * holds for the runs to come as well, and is gone when the page is loaded again: a network that is slow for a reason that was forgotten
 * looks like a mistake in the program.
 */
export class TimeControl extends Model {
  readonly #programs: ProgramList;
  /** Programs that are listened to, and how to end that. */
  #heard = new Map<ProgramRunner, () => void>();
  #isPaused = false;
  #isSetAside = false;
  #seed = 1;

  constructor(programs: ProgramList) {
    super();
    this.#programs = programs;
    programs.subscribe(() => this.#match());
    this.#match();
  }

  /** The programs, in the order of the project's files. */
  get programs(): readonly ProgramRunner[] {
    return this.#programs.all;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  set isPaused(isPaused: boolean) {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    for (const { network } of this.programs) network.isPaused = isPaused;
    this.changed();
  }

  /**
   * While it is set, all programs run without pause and conditions, whatever is chosen; what is chosen holds again afterwards. The check of a
   * lesson wants the network as it is.
   */
  get isSetAside(): boolean {
    return this.#isSetAside;
  }

  set isSetAside(isSetAside: boolean) {
    if (isSetAside === this.#isSetAside) return;
    this.#isSetAside = isSetAside;
    for (const { network } of this.programs) network.isSetAside = isSetAside;
    this.changed();
  }

  /** Whether a program has a network that is not as it would be by itself. */
  get hasConditions(): boolean {
    return this.programs.some(({ network }) => !isPlain(network.conditions));
  }

  /** Whether nothing comes through in any program: a moment after `isPaused`. */
  get isHolding(): boolean {
    return this.programs.every(({ network }) => network.isHolding);
  }

  /** What waits in all programs. */
  get held(): { readonly pieces: number; readonly bytes: number } {
    let pieces = 0;
    let bytes = 0;
    for (const { network } of this.programs) {
      const { in: incoming, out } = network.held;
      pieces += incoming.pieces + out.pieces;
      bytes += incoming.bytes + out.bytes;
    }
    return { pieces, bytes };
  }

  /** Whether there is a delivery that a step would let through. */
  get canStep(): boolean {
    return this.#isPaused && !this.#isSetAside && this.#next !== undefined;
  }

  /** Lets through the delivery that has waited longest in all programs. */
  step(): void {
    if (this.canStep) this.#next?.network.step();
  }

  /** What chance is drawn from, for all programs: a whole number from 0 to `MAX_SEED`. Connections that are open keep theirs. */
  get seed(): number {
    return this.#seed;
  }

  set seed(seed: number) {
    this.#seed = seed;
    for (const { network } of this.programs) if (!isPlain(network.conditions)) network.conditions = { ...network.conditions, seed };
    this.changed();
  }

  /** Gives a program these conditions, or all programs; their seed is the page's. */
  set(conditions: Conditions, program?: ProgramRunner): void {
    for (const { network } of program === undefined ? this.programs : [program]) network.conditions = { ...conditions, seed: this.#seed };
  }

  /** Lets time go on, and takes the conditions of all programs away. */
  clear(): void {
    for (const { network } of this.programs) if (!isPlain(network.conditions)) network.conditions = PLAIN_CONDITIONS;
    this.isPaused = false;
  }

  /** The program that a step is for. */
  get #next(): ProgramRunner | undefined {
    let next: ProgramRunner | undefined;
    let since = Number.POSITIVE_INFINITY;
    for (const program of this.programs) {
      const { nextSince } = program.network.held;
      if (nextSince === undefined || nextSince >= since) continue;
      next = program;
      since = nextSince;
    }
    return next;
  }

  /** Listens to the programs that there are. */
  #match(): void {
    const before = this.#heard;
    this.#heard = new Map(this.programs.map((program) => [program, before.get(program) ?? this.#hear(program)]));
    for (const [program, end] of before) if (!this.#heard.has(program)) end();
    this.changed();
  }

  #hear(program: ProgramRunner): () => void {
    const { network } = program;
    network.isSetAside = this.#isSetAside;
    network.isPaused = this.#isPaused;
    network.onPassage = (passage) => {
      // The other end may be any of them, and the same one too.
      for (const other of this.programs) other.network.letThrough(passage);
    };
    return network.subscribe(() => this.changed());
  }
}
