import type { Endpoint } from "@playground/network";
import { MATCH_SLACK_MS, MAX_UNMATCHED_ENDS } from "../limits.ts";

/** What an end is matched by. */
export interface MatchableEnd {
  readonly direction: "out" | "in";
  readonly local: Endpoint | undefined;
  readonly remote: Endpoint | undefined;
  readonly openedAt: number | undefined;
  readonly until: number | undefined;
}

/**
 * Finds the other end of a connection by its endpoints, turned round, and by time, since ports are used again. An accepted end belongs to
 * one that connected. Each end is found once.
 */
export class EndMatcher<E extends MatchableEnd> {
  readonly #waiting = new Map<string, E[]>();

  /** The other end, which waits no longer; or undefined, and this one waits. The end has both endpoints. */
  match(end: E): E | undefined {
    const { local, remote } = end;
    if (!local || !remote) return undefined;
    const otherKey = keyOf(end.direction === "out" ? "in" : "out", remote, local);
    const candidates = this.#waiting.get(otherKey) ?? [];
    const found = best(candidates, end);
    if (found) {
      this.#remove(otherKey, found);
      return found;
    }
    const key = keyOf(end.direction, local, remote);
    const waiting = this.#waiting.get(key);
    if (!waiting) this.#waiting.set(key, [end]);
    else {
      waiting.push(end);
      if (waiting.length > MAX_UNMATCHED_ENDS) waiting.shift();
    }
    return undefined;
  }

  /** It is not to be found any more. */
  forget(end: E): void {
    if (end.local && end.remote) this.#remove(keyOf(end.direction, end.local, end.remote), end);
  }

  #remove(key: string, end: E): void {
    const waiting = this.#waiting.get(key);
    const rest = waiting?.filter((one) => one !== end) ?? [];
    if (rest.length === 0) this.#waiting.delete(key);
    else this.#waiting.set(key, rest);
  }
}

/** The first of those whose time is this one's time as well; else the last that a busy program may have come to late. */
function best<E extends MatchableEnd>(candidates: readonly E[], end: E): E | undefined {
  return candidates.find((one) => gap(one, end) === 0) ?? candidates.filter((one) => gap(one, end) <= MATCH_SLACK_MS).at(-1);
}

/** Milliseconds between the lives of two ends; 0 where they overlap. */
function gap(one: MatchableEnd, two: MatchableEnd): number {
  const [from1, from2] = [one.openedAt ?? 0, two.openedAt ?? 0];
  return Math.max(0, from2 - (one.until ?? Infinity), from1 - (two.until ?? Infinity));
}

function keyOf(direction: "out" | "in", local: Endpoint, remote: Endpoint): string {
  return `${direction} ${plain(local.address)} ${local.port} ${plain(remote.address)} ${remote.port}`;
}

/** An IPv4 address in the clothes of IPv6 is the same address. */
function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
