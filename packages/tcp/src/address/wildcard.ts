/** What is listened on for every address of a family: the unspecified address (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.2). */
export const WILDCARD = { 4: "0.0.0.0", 6: "::" } as const;

/** Whether to listen on an address, in its canonical spelling, is to listen on every one. */
export function isWildcardAddress(address: string): boolean {
  return address === WILDCARD[4] || address === WILDCARD[6];
}

/** Where this machine itself reaches what listens on an address: one of loopback, for every address. */
export function reachableAddress(address: string): string {
  if (address === WILDCARD[4]) return "127.0.0.1";
  return address === WILDCARD[6] ? "::1" : address;
}
