/**
 * The origin of a site as browsers write it into `Origin`: `https://name[:port]`, lower case, without a standard port.
 * Undefined for anything that is not exactly one origin: a path, a wildcard, `null`, another scheme.
 */
export function parseOrigin(text: string): string | undefined {
  if (!/^https?:\/\/[^/?#@*\s;,'"]+\/?$/i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text).origin;
}
