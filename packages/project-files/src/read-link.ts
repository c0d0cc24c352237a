import { decodeShare, projectFromJson, ShareError, type SharedProject, shareTextOf } from "@playground/share";
import { type ProjectFiles, ReadError } from "./project-files.ts";
import { sharedFiles } from "./shared-files.ts";

/** Milliseconds to wait for the bridge that keeps a short link. */
const BRIDGE_LIMIT_MS = 15_000;

/** Bytes of a bridge's answer: a project of the largest size that may be shared, each of its characters escaped. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Longest part of a link that is shown in a message, characters. */
const SHOWN_CHARS = 60;

/**
 * The project behind a link: a long one holds it after `#share=`, a short one (`/s/<id>`) is asked of the bridge it names.
 * Rejects with {@link ReadError}.
 */
export async function readLink(link: string): Promise<ProjectFiles> {
  try {
    const text = shareTextOf(link.includes("#") ? link.slice(link.indexOf("#")) : "");
    if (text !== undefined) return sharedFiles(decodeShare(text));
    const short = shortLink(link);
    if (short !== undefined) return sharedFiles(await fetchProject(short));
  } catch (error) {
    if (error instanceof ShareError) throw new ReadError(`${shorten(link)}: ${error.message}`, { cause: error });
    throw error;
  }
  throw new ReadError(`${shorten(link)} holds no project: a share link has #share= in it, a short one /s/ and an id`);
}

interface ShortLink {
  readonly origin: string;
  readonly id: string;
}

function shortLink(link: string): ShortLink | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const id = /^\/s\/([\w-]+)\/?$/.exec(url?.pathname ?? "")?.[1];
  return url === undefined || id === undefined ? undefined : { origin: url.origin, id };
}

/** As docs/share-format.md has it. @throws {ReadError} or {ShareError} */
async function fetchProject({ origin, id }: ShortLink): Promise<SharedProject> {
  let text: string;
  try {
    const answer = await fetch(`${origin}/api/scripts/${id}`, { signal: AbortSignal.timeout(BRIDGE_LIMIT_MS) });
    if (answer.status === 404) throw new ReadError(`the bridge at ${origin} keeps no project ${id}`);
    if (!answer.ok) throw new ReadError(`the bridge at ${origin} does not give the project ${id}: HTTP ${answer.status}`);
    text = await readText(answer, origin);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    throw new ReadError(`the bridge at ${origin}, which keeps the project ${id}, does not answer (${reason(error)}): start it, or give the long link`, {
      cause: error,
    });
  }
  let value: { readonly version?: unknown; readonly project?: unknown } | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch (error) {
    throw new ReadError(`${origin} answers something else than a project to /api/scripts/${id}: is it a bridge of the playground?`, { cause: error });
  }
  if (typeof value?.version !== "number")
    throw new ReadError(`${origin} answers something else than a project to /api/scripts/${id}: is it a bridge of the playground?`);
  return projectFromJson(value.version, value.project);
}

/** The body, which is cut off where no project is that large. */
async function readText(answer: Response, origin: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    if (bytes > MAX_ANSWER_BYTES) throw new ReadError(`${origin} answers with more than ${MAX_ANSWER_BYTES} bytes, which no project has`);
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

/** The network's own words, which fetch hides in the cause. */
function reason(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  const { code } = cause as NodeJS.ErrnoException;
  return cause.message !== "" ? cause.message : (code ?? cause.name);
}

function shorten(link: string): string {
  return link.length > SHOWN_CHARS ? `${link.slice(0, SHOWN_CHARS - 3)}...` : link;
}
