/** What scripts/setup/publish-analysis.mjs writes beside the page. */
export type Manifest =
  /** Nobody builds the type checker here. */
  | { readonly state: "missing" }
  | { readonly state: "failed" }
  | { readonly state: "building"; readonly done: number; readonly total: number }
  | { readonly state: "ready"; readonly url: string; readonly bytes: number };

/** Where it is. Always there, so that looking for a module that is not built yet is no error. */
const MANIFEST_URL = "/analysis.json";

/** How things stand with the type checker. Rejects when the server does not answer. */
export async function readManifest(signal: AbortSignal): Promise<Manifest> {
  const response = await fetch(MANIFEST_URL, { cache: "no-cache", signal });
  if (!response.ok) return { state: "missing" };
  const found = (await response.json()) as Partial<Manifest> | null;
  if (found?.state === "ready" && typeof found.url === "string") return found as Manifest;
  if (found?.state === "building" || found?.state === "failed") return found as Manifest;
  return { state: "missing" };
}
