/**
 * How often tests repeat what they repeat: cuts, random inputs, floods, kills, attacks. `npm test` has minutes, and takes few rounds;
 * `npm run test:soak` sets `SOAK=1`, and takes all of them.
 */

/** Whether this is the long run. */
export const isSoak = readSoak(process.env["SOAK"]);

/**
 * How often something is repeated now.
 *
 * @param counts `short` in `npm test`, enough to see that it holds; `full` in `npm run test:soak`, enough to meet what is rare
 */
export function rounds<T>({ short, full }: { readonly short: T; readonly full: T }): T {
  return isSoak ? full : short;
}

/** @throws where the variable is neither 1 nor 0 nor empty */
function readSoak(value = ""): boolean {
  if (!["", "0", "1"].includes(value)) throw new Error(`SOAK is ${JSON.stringify(value)}; set it to 1 for the long run, or leave it out`);
  return value === "1";
}
