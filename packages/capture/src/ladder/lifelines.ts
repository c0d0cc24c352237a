import type { Lifeline, RunId } from "../ladder-item.ts";
import { MAX_ADDRESS_LIFELINES, MAX_CAPTURE_RUNS } from "../limits.ts";

/** Says whose an address is: another machine of the room, or somebody outside. Called with names of hosts too, as a script wrote them. */
export type NameOf = (address: string) => { readonly kind: "machine" | "outside"; readonly name: string };

/** The lifeline of all addresses that are one too many. */
const MORE = "more";

/** Whoever takes part: a lifeline for each run, and for each address that is none of the page's programs. */
export class Lifelines {
  readonly #nameOf: NameOf;
  readonly #runs = new Map<RunId, Lifeline>();
  readonly #former = new Map<RunId, Lifeline>();
  #addresses = new Map<string, Lifeline>();
  #all: readonly Lifeline[] | undefined;

  constructor(nameOf: NameOf) {
    this.#nameOf = nameOf;
  }

  /** Programs first, in the order of their runs; then addresses, as they came. */
  get all(): readonly Lifeline[] {
    this.#all ??= [...this.#former.values(), ...this.#runs.values(), ...this.#addresses.values()];
    return this.#all;
  }

  static idOfRun(run: RunId): string {
    return `run ${run}`;
  }

  addRun(run: RunId, file: string): void {
    this.#runs.set(run, { id: Lifelines.idOfRun(run), kind: "program", name: file, run });
    this.#all = undefined;
  }

  /** The run has been forgotten; its lifeline stays for the items that have it, until there are as many of those as there may be runs. */
  removeRun(run: RunId): void {
    const lifeline = this.#runs.get(run);
    if (!lifeline) return;
    this.#runs.delete(run);
    this.#former.set(run, lifeline);
    const [oldest] = this.#former.keys();
    if (this.#former.size > MAX_CAPTURE_RUNS && oldest !== undefined) this.#former.delete(oldest);
    this.#all = undefined;
  }

  isThere(run: RunId): boolean {
    return this.#runs.has(run);
  }

  rename(run: RunId, file: string): void {
    this.#change(run, { name: file });
  }

  nameOfRun(run: RunId): string {
    return this.#runs.get(run)?.name ?? "";
  }

  /** An address of the run's own has come to be known. */
  setAddress(run: RunId, address: string): void {
    if (address === "0.0.0.0" || address === "::" || this.#runs.get(run)?.address !== undefined) return;
    this.#change(run, { address });
  }

  /** The lifeline of an address, or of a host by the name that a script wrote. */
  ofAddress(address: string): string {
    const id = `address ${address}`;
    if (this.#addresses.has(id)) return id;
    this.#all = undefined;
    if (this.#addresses.size >= MAX_ADDRESS_LIFELINES) {
      if (!this.#addresses.has(MORE)) this.#addresses.set(MORE, { id: MORE, kind: "outside", name: "…" });
      return MORE;
    }
    this.#addresses.set(id, { id, ...this.#nameOf(address), address });
    return id;
  }

  /** Addresses are forgotten; who takes part in what goes on comes back. */
  clear(): void {
    this.#addresses = new Map();
    this.#all = undefined;
  }

  #change(run: RunId, change: Partial<Lifeline>): void {
    const lifeline = this.#runs.get(run);
    if (!lifeline) return;
    this.#runs.set(run, { ...lifeline, ...change });
    this.#all = undefined;
  }
}
