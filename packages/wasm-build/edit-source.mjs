// @ts-check
import { BuildError } from "./build-error.mjs";

/**
 * A change of one of Luau's own files, made while it is compiled.
 *
 * @typedef {object} Edit
 * @property {string} file in the Luau tree, such as `VM/src/lvmexecute.cpp`
 * @property {string} from what stands there exactly once
 * @property {string} to what stands there instead
 */

/**
 * The text of a file with the edits that are meant for it, each applied to what the ones before it left.
 *
 * @param {string} file its path in the Luau tree
 * @param {string} text
 * @param {readonly Edit[]} edits of any file
 * @returns {string}
 * @throws {BuildError} where what is to be replaced does not stand there exactly once: the file is not the one that the edit was made for
 */
export function editSource(file, text, edits) {
  for (const edit of edits) {
    if (edit.file !== file) continue;
    const parts = text.split(edit.from);
    if (edit.from === "" || parts.length !== 2) {
      throw new BuildError(
        `${file} is not what the recipe's edits were made for, and was not compiled: this stands there ${parts.length - 1} times instead of once:\n${edit.from}`,
      );
    }
    text = parts.join(edit.to);
  }
  return text;
}
