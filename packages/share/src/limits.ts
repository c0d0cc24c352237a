/** Files of one project: twenty programs with a few modules each, and far from what makes a page slow. */
export const MAX_FILES = 100;

/** Longest name of a file, characters (UTF-16): fits a tab and a console line. */
export const MAX_FILE_NAME_CHARS = 64;

/** Longest title of a project, characters (UTF-16): one line of a list. */
export const MAX_TITLE_CHARS = 100;

/** Settings of one project: there are a handful, and room for those to come. */
export const MAX_SETTINGS = 32;

/** Longest key of a setting and longest value that is a text, characters (UTF-16). */
export const MAX_SETTING_CHARS = 256;

/** Size of a project as JSON, bytes: 30,000 lines of code. What a link unpacks to is cut off here, so that a small link cannot fill the memory. */
export const MAX_PROJECT_BYTES = 1024 * 1024;

/** A capture in a project, characters: a quarter of a project, so that the code has room beside it. */
export const MAX_CAPTURE_CHARS = 256 * 1024;

/** What a capture unpacks to, bytes: packs to `MAX_CAPTURE_CHARS` where programs exchange text. What unpacks to more is cut off here. */
export const MAX_CAPTURE_BYTES = 1024 * 1024;

/** Length of the part of a link that holds the project, characters: browsers take 1 MiB and more, and code packs to a fifth. */
export const MAX_SHARE_CHARS = 512 * 1024;
