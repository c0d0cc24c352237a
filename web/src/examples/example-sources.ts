import type { Locale } from "../locale/locale.ts";

/** All sources as one chunk, fetched when an example is opened. */
const sources = import.meta.glob<string>("../../examples/*/*/*.luau", { query: "?raw", import: "default", eager: true });

/** A file of an example. Throws a RangeError where there is none. */
export function exampleSource(id: string, locale: Locale, file: string): string {
  const source = sources[`../../examples/${id}/${locale}/${file}`];
  if (source === undefined) throw new RangeError(`the example ${id} has no file ${file} in ${locale}`);
  return source;
}
