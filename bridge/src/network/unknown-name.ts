import { domainToUnicode } from "node:url";
import { MAX_NAMED_MACHINES, type NetworkFailure } from "@playground/network";
import { failure } from "@playground/tcp";
import { skeletonOf } from "../room/look-alikes.ts";
import { INTERNAL_SUFFIX } from "../room/machine-names.ts";
import type { Machine } from "../room/machine.ts";
import type { Room } from "../room/room.ts";

/** Letters in which two names have to begin alike for one to be meant by the other. */
const LIKE_LETTERS = 2;

/** No machine of the room has a name: the sentence says which room that is, and who is there. */
export function unknownMachine(room: Room, from: Machine, host: string): NetworkFailure {
  const name = domainToUnicode(host.endsWith(INTERNAL_SUFFIX) ? host.slice(0, -INTERNAL_SUFFIX.length) : host);
  const present = [...room.machines()].filter(({ sessions }) => sessions > 0);
  const others = present.filter((machine) => machine !== from);
  // The name is in lower case by now.
  const twin = present.find((machine) => skeletonOf(machine.name.toLowerCase()) === skeletonOf(name));
  const looks = twin === undefined ? "" : ` "${twin.name}" looks the same, but has other letters.`;
  const whoIsThere = likeliestFirst(room, others, name);
  return failure(
    "unknown-host",
    `No machine in the room "${room.name}" is called "${name}".${looks} ${listed(whoIsThere, from)} Check the name, and that both are in the same room.`,
  );
}

/** Machines whose names begin as the one that was asked for, then those that listen on something, then the others. */
function likeliestFirst(room: Room, machines: readonly Machine[], asked: string): Machine[] {
  const rank = (machine: Machine): number => (beginsLike(machine.name, asked) ? 0 : hasListener(room, machine) ? 1 : 2);
  return [0, 1, 2].flatMap((wanted) => machines.filter((machine) => rank(machine) === wanted));
}

function listed(others: readonly Machine[], from: Machine): string {
  const own = `"${from.name}", this machine`;
  const named = others.slice(0, MAX_NAMED_MACHINES).map(({ name }) => `"${name}"`);
  if (named.length === 0) return `Nobody is there but ${own}.`;
  const more = others.length - named.length;
  const last = more > 0 ? `${more} more` : (named.pop() ?? "");
  return named.length === 0 ? `There are ${last} and ${own}.` : `There are ${named.join(", ")} and ${last}, besides ${own}.`;
}

function beginsLike(name: string, asked: string): boolean {
  const letters = [...asked.toLowerCase()].slice(0, LIKE_LETTERS);
  return letters.length === LIKE_LETTERS && name.toLowerCase().startsWith(letters.join(""));
}

function hasListener(room: Room, machine: Machine): boolean {
  for (const _listener of room.listeners.of(machine)) return true;
  return false;
}
