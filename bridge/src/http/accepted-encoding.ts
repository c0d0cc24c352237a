import type { Encoding } from "./file-cache.ts";

/** The best encoding that an `Accept-Encoding` header allows (RFC 9110, section 12.5.3): Brotli, then gzip. */
export function acceptedEncoding(header: string | undefined): Encoding {
  const qualities = new Map<string, number>();
  for (const item of (header ?? "").toLowerCase().split(",")) {
    const [name = "", ...parameters] = item.split(";").map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    qualities.set(name, quality === undefined ? 1 : Number(quality.slice(2)));
  }
  const accepts = (name: string): boolean => (qualities.get(name) ?? qualities.get("*") ?? 0) > 0;
  if (accepts("br")) return "br";
  return accepts("gzip") ? "gzip" : "identity";
}
