export { FILE_EXTENSION, fileNameFault, type FileNameFault, MAX_FILE_NAME_CHARS } from "./file-name.ts";
export { captureBytes, captureText } from "./capture-text.ts";
export { projectBytes, projectFromBytes, projectFromJson, SHARE_VERSION, shareVersionOf } from "./json.ts";
export { MAX_CAPTURE_BYTES, MAX_CAPTURE_CHARS, MAX_FILES, MAX_PROJECT_BYTES, MAX_SHARE_CHARS, MAX_TITLE_CHARS } from "./limits.ts";
export { decodeShare, encodeShare } from "./link.ts";
export { SHARE_ERROR_CODES, ShareError, type ShareErrorCode } from "./share-error.ts";
export { shareHash, shareTextOf } from "./share-hash.ts";
export type { SharedFile, SharedProject, SharedSettings } from "./shared-project.ts";
export { type ImportedProject, MAX_ZIP_BYTES, type SkippedFile, unzipProject, zipProject } from "./zip.ts";
