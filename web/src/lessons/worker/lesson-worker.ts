import { LessonError, LessonFileError, readLessonFile } from "@playground/lessons";
import { closeScope } from "../../workers/scope/closed-scope.ts";
import { FetchError, fetchLesson } from "./fetch-lesson.ts";
import type { ReaderAnswer, ReaderFault, ReaderRequest } from "./reader-messages.ts";

/**
 * Fetches lessons from elsewhere and reads them: the one place of the playground that may reach any address, by the policy of its script, and that
 * has nothing else. It looks at a stranger's text, which may be made to keep it busy: the page ends it then.
 */
function post(message: ReaderAnswer): void {
  self.postMessage(message, []);
}

// What it is for, before all the rest is taken away.
const fetchIt = self.fetch.bind(self);
const Changes = self.EventSource;

async function answer(request: ReaderRequest): Promise<void> {
  if (request.type === "watch") return watch(request.address);
  const text = request.type === "read" ? request.text : await fetchLesson(fetchIt, request.address, (bytes, total) => post({ type: "received", bytes, total }));
  post({ type: "fetched" });
  post({ type: "content", text, content: readLessonFile(text) });
}

/** A preview tells of changes beside its file. */
function watch(address: string): void {
  const changes = new Changes(`${address}.changes`);
  changes.addEventListener("message", () => post({ type: "changed" }));
  // A preview that was started again may have missed some.
  changes.addEventListener("open", () => changes.addEventListener("open", () => post({ type: "changed" })), { once: true });
}

function faultOf(error: unknown): ReaderFault | undefined {
  if (error instanceof FetchError) return error.fault;
  if (error instanceof LessonFileError) return { kind: error.fault, detail: error.message };
  return error instanceof LessonError ? { kind: "problems", problems: error.problems } : undefined;
}

self.addEventListener("message", ({ data }: MessageEvent<ReaderRequest>) => {
  // Addresses are read; none is made.
  Reflect.deleteProperty(URL, "createObjectURL");
  closeScope(["URL", "atob"]);
  answer(data).catch((error: unknown) => {
    const fault = faultOf(error);
    if (fault !== undefined) return post({ type: "fault", fault });
    // It becomes the worker's error, which the page shows.
    setTimeout(() => {
      throw error;
    });
  });
});
