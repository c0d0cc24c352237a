import { MAX_MACHINE_NAME_BYTES } from "@playground/wire/codec";

/** A DNS label that begins with a letter, so that no name looks like an address. Lower case: names differ by more than case. */
const MACHINE_NAME = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;

/** Names that mean something else to scripts or to people. */
const RESERVED: ReadonlySet<string> = new Set(["localhost", "broadcasthost", "host", "bridge", "zone", "internal", "local", "invalid"]);

/** What is wrong with a name for a machine, in a sentence; undefined when it can be used. */
export function machineNameFault(name: string): string | undefined {
  const shown = JSON.stringify(name.length > MAX_MACHINE_NAME_BYTES ? `${name.slice(0, MAX_MACHINE_NAME_BYTES)}…` : name);
  if (name.length > MAX_MACHINE_NAME_BYTES) return `The name ${shown} is too long: a machine's name has at most ${MAX_MACHINE_NAME_BYTES} characters.`;
  // "--" in the third place marks names in other alphabets (RFC 5891), which this is not.
  if (!MACHINE_NAME.test(name) || name.slice(2, 4) === "--") {
    return `${shown} cannot be a machine's name. Use the letters a to z, digits and hyphens; begin with a letter and end with a letter or a digit.`;
  }
  if (RESERVED.has(name)) return `The name ${shown} is reserved. Choose another one, such as ${JSON.stringify(`${name}-1`)}.`;
  return undefined;
}

/** The first of `base`, `base-2`, `base-3` … that is free, shortened where it has to be. */
export function freeMachineName(base: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(base)) return base;
  for (let number = 2; ; number += 1) {
    const ending = `-${number}`;
    let length = Math.min(base.length, MAX_MACHINE_NAME_BYTES - ending.length);
    while (length > 0 && base[length - 1] === "-") length -= 1;
    const name = base.slice(0, length) + ending;
    if (!isTaken(name)) return name;
  }
}

/**
 * The name that a machine has until its person chooses one: by the last number of its address, which people see
 * anyway, or, where machines share an address, by how many there have been.
 */
export function defaultMachineName(address: string, isShared: boolean, number: number, isTaken: (name: string) => boolean): string {
  const last = isShared ? undefined : /\.(\d+)$/.exec(address)?.[1];
  return freeMachineName(`pc-${last ?? number}`, isTaken);
}
