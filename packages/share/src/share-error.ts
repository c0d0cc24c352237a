/** What can be wrong with a shared project. The codes are stable; `docs/share-format.md` lists them. */
export const SHARE_ERROR_CODES = [
  /** The text does not begin with a version, such as `v1.`. */
  "not-a-share",
  /** The version is one that this code does not know: a newer playground made the link. */
  "unknown-version",
  /** The text holds a character that is none of base64url. */
  "bad-character",
  /** The end of the text is missing. */
  "cut",
  /** The bytes cannot be unpacked, or their checksum is another one. */
  "damaged",
  /** The project, or the text that holds it, is larger than the limits allow. */
  "too-large",
  /** What was unpacked is no JSON in UTF-8. */
  "not-json",
  /** The JSON is no project: `path` names the value at fault. */
  "invalid",
  /** The archive cannot be read as a zip. */
  "not-a-zip",
] as const;

export type ShareErrorCode = (typeof SHARE_ERROR_CODES)[number];

/** The only error that this package throws. The message names the value at fault. */
export class ShareError extends Error {
  override readonly name = "ShareError";
  readonly code: ShareErrorCode;
  /** For `invalid`: where in the project, such as `files[2].name`. */
  readonly path: string | undefined;

  constructor(code: ShareErrorCode, message: string, path?: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}
