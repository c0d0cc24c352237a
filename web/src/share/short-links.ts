import { projectFromJson, ShareError, shareVersionOf, type SharedProject } from "@playground/share";

/** Milliseconds to wait for the bridge. */
const LIMIT_MS = 15_000;

/** Why a short link cannot be had or opened. */
export type ShortLinkFault = "unreachable" | "not-found" | "too-many" | "too-large" | "full" | "refused";

/** The bridge did not do what was asked of it. */
export class ShortLinkError extends Error {
  override readonly name = "ShortLinkError";
  readonly fault: ShortLinkFault;

  constructor(fault: ShortLinkFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

const FAULTS: Readonly<Record<number, ShortLinkFault>> = {
  404: "not-found",
  405: "not-found",
  413: "too-large",
  429: "too-many",
  503: "unreachable",
  507: "full",
};

/** Has the bridge keep a project; gives the path of its short link. @throws {ShortLinkError} */
export async function makeShortLink(project: SharedProject): Promise<string> {
  const answer = await ask("/api/scripts", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ version: shareVersionOf(project), project: jsonOf(project) }),
  });
  const { url } = (await answer.json()) as { url: string };
  return url;
}

/** The project behind a short link. @throws {ShortLinkError} or {ShareError} */
export async function fetchShortLink(id: string): Promise<SharedProject> {
  const answer = await ask(`/api/scripts/${encodeURIComponent(id)}`);
  const value = (await answer.json().catch(() => undefined)) as { version?: unknown; project?: unknown } | undefined;
  if (typeof value?.version !== "number") throw new ShareError("not-json", "the bridge's answer is no project");
  return projectFromJson(value.version, value.project);
}

function jsonOf({ files, ...rest }: SharedProject): object {
  return { ...rest, files: files.map(({ name, source, isProgram }) => ({ name, source, ...(isProgram && { program: true }) })) };
}

async function ask(path: string, request: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { ...request, signal: AbortSignal.timeout(LIMIT_MS) });
  } catch (error) {
    throw new ShortLinkError("unreachable", error instanceof Error ? error.message : String(error));
  }
  if (!answer.ok) throw new ShortLinkError(FAULTS[answer.status] ?? "refused", `${answer.status} ${(await answer.text()).trim()}`);
  return answer;
}
