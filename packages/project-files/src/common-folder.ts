import { dirname, sep } from "node:path";

/** The innermost folder that all files lie in, by their absolute paths; undefined where there is none, as on two drives of Windows. */
export function commonFolder(
  files: readonly string[],
  path: { readonly dirname: (file: string) => string; readonly sep: string } = { dirname, sep },
): string | undefined {
  let folder = path.dirname(files[0] ?? "");
  while (!files.every((file) => file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep))) {
    const above = path.dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
  return folder;
}
