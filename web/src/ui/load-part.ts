/**
 * Files of parts that are here, or on their way. What the page's HTML asks for it has asked for before this script ran: the import waits for
 * it, and fails where it could not be had.
 */
const fetched = new Map<string, Promise<void>>(inHtml().map((url) => [url, Promise.resolve()]));

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
  const urls = (files ?? []).map((file) => new URL(file, from).href);
  await Promise.all(urls.map(fetchOnce));
  try {
    return await load();
  } catch (error) {
    // The next try fetches them all, whoever has asked for them this time.
    for (const url of urls) fetched.delete(url);
    throw error;
  }
}

function inHtml(): string[] {
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel=modulepreload], link[rel=preload][as=script]")];
  return [...links.map(({ href }) => href), ...[...document.querySelectorAll<HTMLScriptElement>("script[type=module][src]")].map(({ src }) => src)];
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
