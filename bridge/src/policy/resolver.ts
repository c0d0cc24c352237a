import { lookup } from "node:dns";
import type { NetworkFailure } from "@playground/wire";
import { parseIpAddress, type IpAddress } from "../address/ip-address.ts";
import { failure, systemCode } from "../failure.ts";
import { MAX_LOOKUPS } from "../limits.ts";

type Answer = readonly IpAddress[] | NetworkFailure;

/**
 * Looks names up, with the machine's own resolver (so `/etc/hosts` counts). Keeps nothing: what was found is
 * dialled at once, so that an answer cannot be one thing when it is checked and another when it is used.
 */
export class Resolver {
  /** Callers waiting for each name; one look-up answers all of them. */
  readonly #waiting = new Map<string, Set<(answer: Answer) => void>>();
  readonly #queue: string[] = [];
  #running = 0;

  /** Calls back once, later, unless the returned function was called first. */
  resolve(name: string, callback: (answer: Answer) => void): () => void {
    let callers = this.#waiting.get(name);
    if (callers === undefined) {
      callers = new Set();
      this.#waiting.set(name, callers);
      this.#queue.push(name);
      this.#next();
    }
    callers.add(callback);
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
      lookup(name, { all: true, order: "verbatim" }, (error, found) => {
        this.#running -= 1;
        const callers = this.#waiting.get(name);
        this.#waiting.delete(name);
        const answer = error === null ? readAnswer(name, found.map(({ address }) => address)) : lookupFailure(error, name);
        for (const callback of callers ?? []) callback(answer);
        this.#next();
      });
    }
  }
}

function readAnswer(name: string, texts: readonly string[]): Answer {
  const addresses = texts.map(parseIpAddress).filter((address) => address !== undefined);
  return addresses.length > 0 ? addresses : failure("unknown-host", `The name "${name}" has no address.`);
}

function lookupFailure(error: unknown, name: string): NetworkFailure {
  if (systemCode(error) === "EAI_AGAIN") {
    return failure("unknown-host", `The name "${name}" could not be looked up: the bridge's name server did not answer. Check the spelling and the bridge's network.`);
  }
  return failure("unknown-host", `No host is called "${name}". Check the spelling, or use an IP address.`);
}
