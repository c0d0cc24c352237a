import { domainToUnicode } from "node:url";
import type { NetworkFailure } from "@playground/network";
import { failure } from "../failure.ts";
import { INTERNAL_SUFFIX } from "../room/machine-names.ts";
import type { Machine } from "../room/machine.ts";
import type { Room } from "../room/room.ts";

/** Machines of a room that an error names: the reader looks for one name, and a class has thirty. */
export const MAX_NAMED_MACHINES = 5;

/** Nobody knows a name that is none of a machine. */
export function unknownHost(name: string): NetworkFailure {
  return failure("unknown-host", `No host is called "${domainToUnicode(name)}". Check the spelling, or use an IP address.`);
}

/** No machine of the room has a name: the sentence says which room that is, and who is there. */
export function unknownMachine(room: Room, from: Machine, host: string): NetworkFailure {
  const name = domainToUnicode(host.endsWith(INTERNAL_SUFFIX) ? host.slice(0, -INTERNAL_SUFFIX.length) : host);
  return failure(
    "unknown-host",
    `No machine in the room "${room.name}" is called "${name}". ${whoIsThere(room, from)} Check the name, and that both are in the same room.`,
  );
}

function whoIsThere(room: Room, from: Machine): string {
  const own = `"${from.name}", this machine`;
  const others: string[] = [];
  let more = 0;
  for (const machine of room.machines()) {
    if (machine === from || machine.sessions === 0) continue;
    if (others.length < MAX_NAMED_MACHINES) others.push(`"${machine.name}"`);
    else more += 1;
  }
  if (others.length === 0) return `Nobody is there but ${own}.`;
  const last = more > 0 ? `${more} more` : (others.pop() ?? "");
  return others.length === 0 ? `There are ${last} and ${own}.` : `There are ${others.join(", ")} and ${last}, besides ${own}.`;
}
