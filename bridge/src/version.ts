import { readFileSync } from "node:fs";

/** Version of the bridge, from its package.json, such as `0.3.0`. */
export const VERSION: string = readVersion();

/**
 * The commit that the bridge was built from, such as `4390acb`, with a `+` behind it where files differed from the commit's.
 * `undefined` where nobody could tell, and in sources that run uncompiled.
 */
export const COMMIT: string | undefined = readCommit();

/** Version and commit as people read them: `0.3.0 (4390acb)`, the version alone where the commit is not known. */
export const VERSION_TEXT: string = COMMIT === undefined ? VERSION : `${VERSION} (${COMMIT})`;

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return version;
}

/** From the file that a build leaves beside the program, `scripts/setup/commit.mjs`. */
function readCommit(): string | undefined {
  try {
    return (JSON.parse(readFileSync(new URL("build.json", import.meta.url), "utf8")) as { commit?: string }).commit;
  } catch {
    return undefined;
  }
}
