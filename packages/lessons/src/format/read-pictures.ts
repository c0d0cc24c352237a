import type { Problems } from "../lesson-error.ts";
import { LANGUAGES, type Language } from "../local-text.ts";
import { MAX_PICTURE_BYTES, MAX_PICTURE_SIDE } from "../limits.ts";
import type { ReadText } from "../markdown/read-lesson-text.ts";
import type { FolderFiles } from "./folder.ts";
import { pictureSize } from "./picture-size.ts";

/** The pictures that the texts show, and no others. */
export function readPictures(folder: FolderFiles, texts: Readonly<Record<Language, ReadText>>, problems: Problems): Map<string, Uint8Array> {
  const pictures = new Map<string, Uint8Array>();
  for (const language of LANGUAGES) {
    for (const { path, line } of texts[language].pictures) {
      const bytes = folder.get(path);
      if (bytes === undefined) problems.add(`lesson.${language}.md`, line, `the picture ${path} is not there`);
      else if (!pictures.has(path)) {
        lookAtPicture(path, bytes, problems);
        pictures.set(path, bytes);
      }
    }
  }
  for (const path of folder.keys())
    if (path.startsWith("pictures/") && !pictures.has(path)) problems.add(path, undefined, "no text shows this picture; remove it");
  return pictures;
}

function lookAtPicture(path: string, bytes: Uint8Array, problems: Problems): void {
  if (bytes.length > MAX_PICTURE_BYTES) problems.add(path, undefined, `the picture has ${bytes.length} bytes and may have at most ${MAX_PICTURE_BYTES}`);
  const size = pictureSize(bytes);
  if (size === undefined) problems.add(path, undefined, "the file is not a PNG or WebP; save it as one of them");
  else if (size.width > MAX_PICTURE_SIDE || size.height > MAX_PICTURE_SIDE) {
    problems.add(path, undefined, `the picture is ${size.width} by ${size.height} pixels large, and may have ${MAX_PICTURE_SIDE} along a side`);
  }
}
