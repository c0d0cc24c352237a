/** Milliseconds to wait for the database: some browsers, once confused, never answer, and the page must come up all the same. */
export const STORAGE_LIMIT_MS = 3_000;

/** What the storage answers, or undefined when it takes longer than `STORAGE_LIMIT_MS`; what it does then goes on. Rejects as the answer does. */
export async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), STORAGE_LIMIT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
