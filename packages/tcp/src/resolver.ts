import { lookup } from "node:dns/promises";
import type { NetworkFailure } from "@playground/network";
import { parseIpAddress, type IpAddress } from "./address/ip-address.ts";
import { failure, noNameServer, type Opener, systemCode } from "./failure.ts";
import { MAX_LOOKUPS } from "./limits.ts";

/** Finds the IP addresses of a name, in text. Rejects with an error that has a `code`, as Node's own does. */
export type LookUp = (name: string) => Promise<readonly string[]>;

/** Asks the machine's own resolver, so that `/etc/hosts` counts. */
async function lookUpByMachine(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true, order: "verbatim" });
  return found.map(({ address }) => address);
}

/** Why a name was not found is a failure; undefined: nobody knows it. */
export type Answer = readonly IpAddress[] | NetworkFailure | undefined;

/**
 * Looks names up, a few at a time. Keeps nothing: what was found is dialled at once, so that an answer cannot be
 * one thing when it is checked and another when it is used.
 */
export class Resolver {
  /** Callers waiting for each name; one look-up answers all of them. */
  readonly #waiting = new Map<string, Set<(answer: Answer) => void>>();
  readonly #queue: string[] = [];
  readonly #opener: Opener;
  readonly #lookUp: LookUp;
  #running = 0;

  constructor(opener: Opener, lookUp: LookUp = lookUpByMachine) {
    this.#opener = opener;
    this.#lookUp = lookUp;
  }

  /** Calls back once, later, unless the returned function was called first. */
  resolve(name: string, callback: (answer: Answer) => void): () => void {
    let callers = this.#waiting.get(name);
    if (callers === undefined) {
      callers = new Set();
      this.#waiting.set(name, callers);
      this.#queue.push(name);
    }
    callers.add(callback);
    this.#next();
    return () => callers.delete(callback);
  }

  #next(): void {
    while (this.#running < MAX_LOOKUPS) {
      const name = this.#queue.shift();
      if (name === undefined) return;
      if (this.#waiting.get(name)?.size === 0) {
        // Nobody waits any more.
        this.#waiting.delete(name);
        continue;
      }
      this.#running += 1;
      this.#lookUp(name).then(
        (found) => this.#answer(name, readAnswer(name, found)),
        (error: unknown) => this.#answer(name, systemCode(error) === "EAI_AGAIN" ? noNameServer(name, this.#opener) : undefined),
      );
    }
  }

  #answer(name: string, answer: Answer): void {
    this.#running -= 1;
    const callers = this.#waiting.get(name);
    this.#waiting.delete(name);
    for (const callback of callers ?? []) callback(answer);
    this.#next();
  }
}

function readAnswer(name: string, texts: readonly string[]): Answer {
  const addresses = texts.map(parseIpAddress).filter((address) => address !== undefined);
  return addresses.length > 0 ? addresses : failure("unknown-host", `The name "${name}" has no address.`);
}
