/** Every limit of lessons, with its unit and reason. A lesson may come from a stranger: whatever it holds is bounded here. */

/** Lessons of one course: a year of them, and a list that can still be looked over. */
export const MAX_LESSONS = 60;

/** Files of one lesson: code, mistakes and pictures of a long lesson are 50. */
export const MAX_LESSON_FILES = 200;

/** Bytes of one lesson with everything in it: what a phone loads in a second or two. */
export const MAX_LESSON_BYTES = 4 * 1024 * 1024;

/** Bytes of one source or JSON file: 2,000 lines, far above what is read in a lesson. */
export const MAX_SOURCE_BYTES = 64 * 1024;

/** Bytes of a lesson file, as it is fetched from an address: what a lesson may have, with its pictures in base64 and a third more for escapes in JSON. */
export const MAX_LESSON_FILE_BYTES = 6 * 1024 * 1024;

/** Characters of the name of a Luau file, as for files of every project: it stands on a tab. */
export const MAX_FILE_NAME_CHARS = 64;

/** Bytes of a lesson's text in one language: 30 pages. */
export const MAX_TEXT_BYTES = 64 * 1024;

/** Characters of one line of a text: the longest paragraph on one line; the parser's time grows with the square of a line. */
export const MAX_LINE_CHARS = 2_000;

/** Lists, quotes and directives inside of each other: more than 8 nobody can read, and the tree is walked by recursion. */
export const MAX_NESTING = 8;

/** Nodes of the tree of one text: the longest lesson has some 800. */
export const MAX_NODES = 10_000;

/** Steps of one lesson: 4 to 7 are right; more than this is two lessons. */
export const MAX_STEPS = 20;

/** Hints of one step, without those for mistakes: three are right. */
export const MAX_HINTS = 8;

/** Foreseen mistakes of one lesson: each is a folder, and each is run by `npm run lessons`. */
export const MAX_MISTAKES = 20;

/** Answers of one question to choose from. */
export const MAX_ANSWERS = 8;

/** Characters of an id or of the name of a mistake: they stand in addresses. */
export const MAX_ID_CHARS = 40;

/** Characters of a title: one line of a list. */
export const MAX_TITLE_CHARS = 100;

/** Bytes of one picture. */
export const MAX_PICTURE_BYTES = 256 * 1024;

/** Pixels along one side of a picture: twice the width of a text on a sharp screen; a small file can hold a huge picture, which fills the memory of whoever shows it. */
export const MAX_PICTURE_SIDE = 2_400;

/** Characters of the sentence below a course's title. */
export const MAX_SUMMARY_CHARS = 300;

/** Minutes that a lesson may say it takes, both included. */
export const MINUTES_RANGE = [1, 120] as const;

/** Bytes of what was expected or came that a result carries: what a person compares by eye. */
export const MAX_SHOWN_BYTES = 1_024;

/** Characters of a message of a check, and of an error's text in a result. */
export const MAX_MESSAGE_CHARS = 600;
