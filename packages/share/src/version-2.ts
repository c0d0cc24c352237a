import { captureBytes } from "./capture-text.ts";
import { ShareError } from "./share-error.ts";
import type { SharedProject } from "./shared-project.ts";
import { readVersion1, writeVersion1 } from "./version-1.ts";

/** A project as version 2 has it: as version 1, and behind it the capture. */
export function writeVersion2(project: SharedProject): Record<string, unknown> {
  return { ...writeVersion1(project), capture: project.capture };
}

/** Checks a parsed value against version 2. @throws {ShareError} `invalid`, or what `captureBytes` throws */
export function readVersion2(value: unknown): SharedProject {
  // Whatever is no object, version 1 says so.
  if (typeof value !== "object" || value === null || !("capture" in value)) {
    readVersion1(value);
    throw new ShareError("invalid", "capture is missing; a project without one is of version 1", "capture");
  }
  const { capture, ...project } = value;
  if (typeof capture !== "string") throw new ShareError("invalid", `capture is ${typeof capture}; it should be a text in base64url`, "capture");
  captureBytes(capture);
  return { ...readVersion1(project), capture };
}
