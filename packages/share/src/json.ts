import { MAX_PROJECT_BYTES } from "./limits.ts";
import { ShareError } from "./share-error.ts";
import type { SharedProject } from "./shared-project.ts";
import { readVersion1, writeVersion1 } from "./version-1.ts";
import { readVersion2, writeVersion2 } from "./version-2.ts";

/** The latest version of the format. */
export const SHARE_VERSION = 2;

/** One for each version there has ever been: what was shared once opens for ever. */
const READERS: ReadonlyMap<number, (value: unknown) => SharedProject> = new Map([
  [1, readVersion1],
  [2, readVersion2],
]);

/** The version that a project is written in: the first that has all of it, so that older playgrounds open what they can. */
export function shareVersionOf(project: SharedProject): number {
  return project.capture === undefined ? 1 : 2;
}

/**
 * Checks a parsed JSON value as the project of a version.
 * @throws {ShareError} `unknown-version` or `invalid`
 */
export function projectFromJson(version: number, value: unknown): SharedProject {
  const read = READERS.get(version);
  if (read === undefined) {
    throw new ShareError("unknown-version", `the format's version is ${version}; this playground knows ${[...READERS.keys()].join(", ")}`);
  }
  return read(value);
}

/**
 * The project as JSON of the version `shareVersionOf`, without spaces and with its keys in a fixed order, so that equal projects have
 * equal bytes. UTF-8.
 * @throws {ShareError} `invalid`, or `too-large` above `MAX_PROJECT_BYTES`
 */
export function projectBytes(project: SharedProject): Uint8Array {
  const version = shareVersionOf(project);
  const value = version === 1 ? writeVersion1(project) : writeVersion2(project);
  projectFromJson(version, value);
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  if (bytes.length > MAX_PROJECT_BYTES) {
    throw new ShareError("too-large", `the project has ${bytes.length} bytes; it may have at most ${MAX_PROJECT_BYTES}`);
  }
  return bytes;
}

/** Reads JSON in UTF-8 as the project of a version. @throws {ShareError} `not-json`, `unknown-version` or `invalid` */
export function projectFromBytes(version: number, bytes: Uint8Array): SharedProject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ShareError("not-json", `the project is not JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}`);
  }
  return projectFromJson(version, value);
}
