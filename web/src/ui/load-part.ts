/** Files of parts that are here, or on their way. The page's own scripts have been loaded before this runs. */
const fetched = new Map<string, Promise<void>>(
  [...document.querySelectorAll<HTMLScriptElement>("script[type=module][src]")].map(({ src }) => [src, Promise.resolve()]),
);

/**
 * Loads a part of the page: fetches every file that it is made of, and imports it once all of them are here. Vite puts a
 * call of this around each `import()` of the built page (`vite.config.ts`) and knows the files.
 *
 * An import alone would do while nothing goes wrong. But a file that could not be fetched for an import counts as failed
 * in Firefox and Safari for as long as the page is open (they keep the failure in the module map), so that no second try
 * could succeed; a fetch that failed can be done again. The import then takes the files from the browser's cache: their
 * names hold a hash, and the bridge lets them be kept.
 *
 * @param load   imports the part
 * @param files  its files and those that they import, relative to `from`
 * @param from   address of the script that wants the part
 * @throws {Error} which names the file that could not be had; the next call tries again
 */
export async function loadPart<T>(load: () => Promise<T>, files: readonly string[] | undefined, from: string): Promise<T> {
  // For a part of a part Vite names the page's styles too; they stand in its HTML.
  const scripts = (files ?? []).filter((file) => !file.endsWith(".css"));
  await Promise.all(scripts.map((file) => fetchOnce(new URL(file, from).href)));
  return load();
}

function fetchOnce(url: string): Promise<void> {
  let fetching = fetched.get(url);
  if (fetching === undefined) {
    fetching = fetchWhole(url).catch((error: unknown) => {
      fetched.delete(url);
      throw error;
    });
    fetched.set(url, fetching);
  }
  return fetching;
}

async function fetchWhole(url: string): Promise<void> {
  let response: Response;
  try {
    // As modules are fetched, so that the import finds the answer in the cache.
    response = await fetch(url, { credentials: "same-origin" });
    // To the end: an answer that breaks off is none.
    await response.arrayBuffer();
  } catch (error) {
    throw new Error(`${url} could not be fetched: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
}
