/** The name by which the bridge's policy knows what is made here (`trusted-types`). */
const POLICY = "zone-worker";

/** The part of Trusted Types that is used here; absent in browsers before 2025 that are not Chromium. */
interface MaybeTrustedTypes {
  readonly trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): unknown } };
}

/**
 * Browsers with Trusted Types start workers only of addresses that a named policy has let through. Undefined in others, and
 * on a page of another site whose own policy does not name this one: that site decides for itself.
 */
const policy = madePolicy();

/**
 * Starts a worker from a script of ours. A browser takes workers of the page's own origin only; on a page of another
 * site the worker is a blob of that page which imports the bridge's script.
 *
 * @throws {TypeError} for an address that does not lie beside this script
 */
export function startWorker(url: URL, name: string): Worker {
  requireOurs(url);
  if (url.origin === location.origin) return new Worker(trustedAddress(url.href), { type: "module", name });
  const blob = URL.createObjectURL(new Blob([`import ${JSON.stringify(url.href)};`], { type: "text/javascript" }));
  const worker = new Worker(trustedAddress(blob), { type: "module", name });
  // Fetched by the time of its first word, or never.
  const revoke = (): void => URL.revokeObjectURL(blob);
  worker.addEventListener("message", revoke, { once: true });
  worker.addEventListener("error", revoke, { once: true });
  return worker;
}

/** The address of a worker of ours, as browsers with Trusted Types want it. @throws {TypeError} for another one's */
export function trustedAddress(address: string): string {
  // TypeScript's Worker does not know of trusted addresses yet.
  return (policy?.createScriptURL(address) ?? address) as string;
}

function madePolicy(): { createScriptURL(address: string): unknown } | undefined {
  try {
    return (globalThis as MaybeTrustedTypes).trustedTypes?.createPolicy(POLICY, {
      createScriptURL: (address) => {
        const url = new URL(address);
        if (url.protocol !== "blob:") requireOurs(url);
        return address;
      },
    });
  } catch {
    return undefined;
  }
}

/** Scripts are served from where this one came, and from nowhere else. */
function requireOurs(url: URL): void {
  if (url.origin !== new URL(import.meta.url).origin) throw new TypeError(`a worker comes from where the page's scripts come from, not from ${url.origin}`);
}
