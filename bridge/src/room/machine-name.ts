import { domainToASCII } from "node:url";
import { MAX_MACHINE_NAME_BYTES } from "@playground/wire/codec";
import { isOneAlphabet } from "./alphabets.ts";

/** Longest name, characters: what fits beside an address on a phone. */
export const MAX_MACHINE_NAME_CHARS = 32;

/** Longest label of a host name, characters (RFC 1035): scripts reach a machine under its name as one. */
const MAX_LABEL_CHARS = 63;

/** Begins with a letter, so that no name looks like an address. The digits of other alphabets look like those of this one. */
const MACHINE_NAME = /^\p{L}[\p{L}\p{M}0-9-]*$/u;

/** Letters that nobody sees, or that are put out of sight. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;

/** More marks on a letter than any language writes: they would be drawn over what is next to them. */
const MARK_HEAP = /\p{M}{4}/u;

/** Names that mean something else to scripts or to people. */
const RESERVED: ReadonlySet<string> = new Set(["localhost", "broadcasthost", "host", "bridge", "zone", "internal", "local", "invalid"]);

/** A name as it is kept and shown: in Unicode's normal form NFKC, and in the case that it was written in. See `machineNameFault` for what a name is. */
export function normalMachineName(text: string): string {
  return text.normalize("NFKC");
}

/**
 * The form in which names are compared and a host name is looked for: the label of DNS (IDNA, UTS #46), in lower case. Undefined for
 * a name that has none.
 */
export function machineNameKey(name: string): string | undefined {
  const label = domainToASCII(name);
  return label === "" || label.length > MAX_LABEL_CHARS || label.includes(".") ? undefined : label;
}

/** What is wrong with a name for a machine, in its normal form, as a sentence; undefined when it can be used. */
export function machineNameFault(name: string): string | undefined {
  const shown = JSON.stringify([...name].length > MAX_MACHINE_NAME_CHARS ? `${[...name].slice(0, MAX_MACHINE_NAME_CHARS).join("")}…` : name);
  if (!fits(name)) {
    return `The name ${shown} is too long: a machine's name has at most ${MAX_MACHINE_NAME_CHARS} characters and ${MAX_MACHINE_NAME_BYTES} bytes of UTF-8.`;
  }
  const key = machineNameKey(name);
  // "--" in the third place marks names that are written in ASCII (RFC 5891): "xn--…" would be another name than it looks like.
  if (!MACHINE_NAME.test(name) || name.endsWith("-") || name.slice(2, 4) === "--" || UNSEEN.test(name) || MARK_HEAP.test(name) || key === undefined) {
    return `${shown} cannot be a machine's name. Use letters of any alphabet, the digits 0 to 9 and hyphens; begin with a letter and end with a letter or a digit.`;
  }
  if (!name.split("-").every((part) => isOneAlphabet(part.replaceAll(/[0-9]/g, "")))) {
    return `${shown} cannot be a machine's name: it mixes alphabets within a word, where letters are taken for one another. Use one alphabet, or put a hyphen between.`;
  }
  if (RESERVED.has(key)) return `The name ${shown} is reserved. Choose another one, such as ${JSON.stringify(`${name}-1`)}.`;
  return undefined;
}

/** The first of `base`, `base-2`, `base-3` … that is free, shortened where it has to be. */
export function freeMachineName(base: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(base)) return base;
  for (let number = 2; ; number += 1) {
    const ending = `-${number}`;
    const letters = [...base];
    while (!fits(letters.join("") + ending) || machineNameKey(letters.join("") + ending) === undefined || letters.at(-1) === "-") letters.pop();
    const name = letters.join("") + ending;
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

function fits(name: string): boolean {
  return [...name].length <= MAX_MACHINE_NAME_CHARS && Buffer.byteLength(name) <= MAX_MACHINE_NAME_BYTES;
}
