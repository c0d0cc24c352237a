import type { SharedProject } from "@playground/share";
import type { ProjectFiles } from "./project-files.ts";

/** A project as links and archives have it. */
export function sharedFiles(project: SharedProject): ProjectFiles {
  const files = new Map(project.files.map(({ name, source }) => [name, source]));
  return {
    prefix: "",
    files,
    wanted: new Set(files.keys()),
    programs: project.files.filter(({ isProgram }) => isProgram).map(({ name }) => name),
    ...(project.settings !== undefined && { settings: project.settings }),
    origins: [],
  };
}
