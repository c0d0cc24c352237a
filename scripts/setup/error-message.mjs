// @ts-check

/** What to show of whatever was thrown. @param {unknown} error */
export function errorMessage(error) {
  return error instanceof Error ? error.message : String(error);
}
