/** The page's port where none is named: always the same, so that a tab that is open goes on after the next start. The files have the one above it. */
export const PREVIEW_PORT = 7072;
