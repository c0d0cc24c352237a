import { fromBase64url, toBase64url } from "./base64url.ts";
import { projectBytes, projectFromBytes, SHARE_VERSION, shareVersionOf } from "./json.ts";
import { MAX_PROJECT_BYTES, MAX_SHARE_CHARS } from "./limits.ts";
import { ShareError } from "./share-error.ts";
import type { SharedProject } from "./shared-project.ts";
import { pack, unpack } from "./zlib.ts";

/**
 * A project as text that can stand anywhere in a URL: `v1.`, or another version, and the packed JSON in base64url.
 * @throws {ShareError} `invalid` or `too-large`
 */
export function encodeShare(project: SharedProject): string {
  const text = `v${shareVersionOf(project)}.${toBase64url(pack(projectBytes(project)))}`;
  if (text.length > MAX_SHARE_CHARS) throw new ShareError("too-large", `the project needs ${text.length} characters; a link holds at most ${MAX_SHARE_CHARS}`);
  return text;
}

/**
 * Reads what `encodeShare` of this or any earlier version wrote.
 * @throws {ShareError} and no other error, whatever the text is
 */
export function decodeShare(text: string): SharedProject {
  if (text.length > MAX_SHARE_CHARS) throw new ShareError("too-large", `the text has ${text.length} characters; at most ${MAX_SHARE_CHARS} are read`);
  const match = /^v(\d{1,4})\.([^]*)$/.exec(text);
  if (match === null) throw new ShareError("not-a-share", `the text begins with ${JSON.stringify(text.slice(0, 12))}, not with a version such as v1.`);
  const version = Number(match[1]);
  // How a later version is packed, nobody knows yet.
  if (version < 1 || version > SHARE_VERSION)
    throw new ShareError("unknown-version", `the format's version is ${version}; this playground knows up to ${SHARE_VERSION}, and a newer one may know it`);
  return projectFromBytes(version, unpack(fromBase64url(match[2] ?? ""), MAX_PROJECT_BYTES));
}
