// @ts-check
/**
 * `CHANGELOG.md` by versions. What is new stands below `## Unreleased` on top, whose first line may say which version it is to
 * become; a release puts its version and date in the place of that. Each section goes on to the next heading of its level.
 */

const UNRELEASED = "## Unreleased";

/** The line that says, below `## Unreleased`, which version every package.json has by now. */
const TO_BECOME = /^To become (\d+\.\d+\.\d+)\.\n*/;

/**
 * @typedef {object} Section
 * @property {string} heading without the line's end
 * @property {string} body    without blank lines around it
 */

/** @param {string} text @returns {Section[]} from top to bottom; what stands before the first heading is left out */
function sections(text) {
  return text
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith("## "))
    .map((part) => {
      const [heading = "", ...lines] = part.split("\n");
      return { heading: heading.trimEnd(), body: lines.join("\n").trim() };
    });
}

/** The version of a section that is released. @param {Section} section */
const versionOf = ({ heading }) => /^## (\d+\.\d+\.\d+) – \d{4}-\d\d-\d\d$/.exec(heading)?.[1];

/**
 * The version that was released last.
 *
 * @param {string} text the changelog
 * @returns {string | undefined} none before the first release
 */
export function lastReleased(text) {
  return sections(text).map(versionOf).find(Boolean);
}

/**
 * What is new since the last release.
 *
 * @param {string} text the changelog
 * @returns {string | undefined} without the line that says what it is to become; `undefined` where the top section is not `## Unreleased` or says nothing
 */
export function unreleased(text) {
  const [top] = sections(text);
  if (top?.heading !== UNRELEASED) return undefined;
  const notes = top.body.replace(TO_BECOME, "").trim();
  const saysSomething = notes.split("\n").some((line) => line.trim() !== "" && !line.startsWith("#"));
  return saysSomething ? notes : undefined;
}

/**
 * Notes as they can stand anywhere: of a link that leads into the repository its words are left, since from the page of a release it leads nowhere.
 *
 * @param {string} notes Markdown
 */
export function withoutInnerLinks(notes) {
  return notes.replace(/\[([^[\]]*)\]\((?![a-z]+:)[^()]*\)/g, "$1");
}

/**
 * The changelog with what is new under a version and its date.
 *
 * @param {string} text the changelog, with something new in it
 * @param {{ version: string, date: string }} release the date as YYYY-MM-DD
 */
export function withRelease(text, { version, date }) {
  const at = text.indexOf(`${UNRELEASED}\n`);
  const body = text.slice(at + UNRELEASED.length).replace(/^\s+/, "");
  return `${text.slice(0, at)}## ${version} – ${date}\n\n${body.replace(TO_BECOME, "")}`;
}
