import { type ProjectFiles, ReadError } from "@playground/project-files";
import { MAX_PROGRAMS } from "../limits.ts";
import type { ProgramSource } from "./running-program.ts";

/**
 * The programs of projects, each with a name that no other has.
 *
 * @throws {ReadError} where a project has none, or all together too many
 */
export function findPrograms(projects: readonly ProjectFiles[]): ProgramSource[] {
  const found = projects.flatMap((project) => {
    const { programs, prefix } = project;
    if (programs.length === 0) throw new ReadError(`${prefix.replace(/\/$/, "") || "the project"} holds no program: every file is one that another requires`);
    // Above the folder of the command there is no name that would lead to the file and could stand in `require`.
    const front = prefix.startsWith("../") ? "" : prefix;
    const files = [...project.files].map(([name, source]) => [front + name, source] as const);
    return programs.map((name) => ({ entry: front + name, files }));
  });
  if (found.length > MAX_PROGRAMS)
    throw new ReadError(`these are ${found.length} programs, and at most ${MAX_PROGRAMS} run side by side; name the files that are to run`);
  const names = shortNames(found.map(({ entry }) => entry));
  return found.map(({ entry, files }, index) => ({ name: names[index] ?? entry, files, entry }));
}

/** The names of files without their folders, where that tells them apart; a number behind those that are the same. */
function shortNames(paths: readonly string[]): string[] {
  const bare = paths.map((path) => path.slice(path.lastIndexOf("/") + 1));
  const names = paths.map((path, index) => (bare.filter((name) => name === bare[index]).length === 1 ? bare[index]! : path));
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name} ${before + 1}`;
  });
}
