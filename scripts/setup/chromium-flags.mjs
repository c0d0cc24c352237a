// @ts-check

/**
 * How the tests start Chromium: without a sandbox where it runs as root, and without the connections that a
 * browser makes on its own account (updates, sync, QUIC probes).
 */
export const CHROMIUM_FLAGS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
