// First: what follows is evaluated after it.
import "../../../workers/scope/dispose-symbol.ts";
import { type Luau, loadLuau } from "@playground/luau-wasm";
import type { Diagnostic } from "../../language/service.ts";
import { ByteColumns } from "../source/byte-columns.ts";
import { localAt, placesOf, renameLocal } from "../source/rename-local.ts";
import { closeScope } from "../../../workers/scope/closed-scope.ts";
import type { FromSyntaxWorker, LocalPlaces, SyntaxAnswers, SyntaxQuestion, ToSyntaxWorker } from "./syntax-messages.ts";

closeScope();

let luau: Promise<Luau> | undefined;

self.addEventListener("message", ({ data }: MessageEvent<ToSyntaxWorker>) => {
  if ("module" in data) luau = loadLuau(data.module);
  else void reply(data.id, data.question);
});

async function reply(id: number, question: SyntaxQuestion): Promise<void> {
  let message: FromSyntaxWorker;
  try {
    message = { id, answer: answer(await (luau as Promise<Luau>), question) };
  } catch (error) {
    message = { id, failure: String(error) };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the page is the only one there is
  self.postMessage(message);
}

function answer(vm: Luau, question: SyntaxQuestion): SyntaxAnswers[SyntaxQuestion["type"]] {
  const read = (source: string) => vm.namesOf(source);
  switch (question.type) {
    case "diagnostics":
      return faults(vm, question.source);
    case "local":
      return places(localAt(placesOf(question.source, read), question.offset));
    case "rename":
      return renameLocal(question.source, question.offset, question.name, read);
  }
}

function faults(vm: Luau, source: string): Diagnostic[] {
  const columns = new ByteColumns(source);
  return vm.syntaxFaults(source).map(({ line, column, endLine, endColumn, message }) => {
    const from = columns.offset(line, column);
    return { from, to: Math.max(from, columns.offset(endLine, endColumn)), severity: "error", message, origin: "Luau" };
  });
}

function places(local: ReturnType<typeof localAt>): LocalPlaces {
  if ("code" in local) return local;
  return { places: local.map(({ from, to, kind }) => ({ from, to, isDeclaration: kind === "declaration" })).sort((a, b) => a.from - b.from) };
}
