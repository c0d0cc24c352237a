import type { WrongValue } from "./values.ts";

/** One thing that can be set: on the command line, by a variable of the environment, or in a file. */
export interface Option<T> {
  /** What stands for the value in the help. */
  readonly placeholder: string;
  /** Says what it does, without a full stop at the end. */
  readonly help: string;
  /** The default, as the help has it. */
  readonly fallback: string;
  /** Whether it may be given more than once; its value is a list then. */
  readonly isRepeatable: boolean;
  /** Reads one value. */
  readonly parse: (text: string, platform: NodeJS.Platform) => T | WrongValue;
}

type Details<T> = Pick<Option<T>, "placeholder" | "help" | "fallback" | "parse">;

/** An option with one value. */
export function one<T>(details: Details<T>): Option<T> & { readonly isRepeatable: false } {
  return { ...details, isRepeatable: false };
}

/** An option that may be given more than once. */
export function many<T>(details: Details<T>): Option<T> & { readonly isRepeatable: true } {
  return { ...details, isRepeatable: true };
}

/** The variable that sets an option: `public-host` is `ZONE_PUBLIC_HOST`. */
export function variableOf(option: string): string {
  return `ZONE_${option.toUpperCase().replaceAll("-", "_")}`;
}
