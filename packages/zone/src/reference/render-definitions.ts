import type { Chapter, Entry, FunctionEntry, Parameter } from "./reference.ts";

/**
 * The API as a Luau definition file, for type checkers and completion. Checked against Luau's own type checker.
 */
export function renderDefinitions(chapters: readonly Chapter[]): string {
  const entries = chapters.flatMap((chapter) => [...chapter.entries, ...chapter.sections.flatMap((section) => section.entries)]);
  const classes = new Map<string, string[]>();
  const globals: string[] = [];
  const root: Library = { children: new Map() };
  for (const entry of entries) {
    for (const name of entry.names) {
      const [className, method] = name.split(":");
      if (method !== undefined && entry.kind !== "value") {
        const members = classes.get(className!) ?? [];
        classes.set(className!, members);
        members.push(documented(entry, member(method, entry)));
      } else if (name.startsWith("zone.")) {
        place(root, name.split(".").slice(1), entry);
      } else if (entry.kind === "function" && !entry.builtin?.includes(name)) {
        globals.push(documented(entry, globalFunction(name, entry), ""));
      }
    }
  }
  classes.get("ByteStream")?.push("\tfunction __len(self): number");
  return [
    "-- The script API, for Luau type checkers. Generated from src/reference; change it there.",
    ...inOrderOfUse(classes).map(([name, members]) => `declare extern type ${name} with\n${members.join("\n")}\nend`),
    `declare zone: ${renderLibrary(root, 0)}`,
    ...globals,
    "",
  ].join("\n\n").replace(/\n+$/, "\n");
}

/** A table of the API: what is in it by name, functions and further tables. */
interface Library {
  readonly children: Map<string, Library | Entry>;
}

function place(library: Library, path: readonly string[], entry: Entry): void {
  const [name = "", ...rest] = path;
  if (rest.length === 0) {
    library.children.set(name, entry);
    return;
  }
  const found = library.children.get(name);
  const child = found && "children" in found ? found : { children: new Map<string, Library | Entry>() };
  library.children.set(name, child);
  place(child, rest, entry);
}

function renderLibrary(library: Library, depth: number): string {
  const indent = "\t".repeat(depth + 1);
  const lines = [...library.children].map(([name, child]) =>
    "children" in child
      ? `${indent}${name}: ${renderLibrary(child, depth + 1)},`
      : documented(child, `${indent}${name}: ${child.kind === "value" ? child.type : functionType(child)},`, indent),
  );
  return `{\n${lines.join("\n")}\n${"\t".repeat(depth)}}`;
}

/** A class before those that name it: definition files are read from top to bottom. */
function inOrderOfUse(classes: Map<string, string[]>): [string, string[]][] {
  const left = new Map(classes);
  const order: [string, string[]][] = [];
  while (left.size > 0) {
    const names = [...left.keys()];
    const next = [...left].find(([name, members]) => !names.some((other) => other !== name && members.some((line) => line.includes(other))));
    if (!next) throw new Error(`the classes ${names.join(", ")} name each other in a circle`);
    order.push(next);
    left.delete(next[0]);
  }
  return order;
}

function member(method: string, entry: FunctionEntry): string {
  return `\tfunction ${method}(${["self", ...parameterTexts(entry)].join(", ")}): ${resultType(entry)}`;
}

function globalFunction(name: string, entry: FunctionEntry): string {
  return `declare function ${name}(${entry.parameters.map(parameterText).join(", ")}): ${resultType(entry)}`;
}

function functionType(entry: FunctionEntry): string {
  return `(${entry.parameters.map(parameterText).join(", ")}) -> ${resultType(entry)}`;
}

/**
 * A parameter in the middle that may be left out takes what follows it as well, which may be missing then. Two overloads
 * would say it exactly, but the checker does not look into a function that is passed to an overloaded one: the
 * callback's `connection` would have no type, and nothing could be completed in it.
 */
function parameterTexts(entry: FunctionEntry): string[] {
  const [skipped, ...more] = entry.skippable ?? [];
  if (skipped === undefined) return entry.parameters.map(parameterText);
  const at = entry.parameters.findIndex(({ name }) => name === skipped);
  const next = entry.parameters[at + 1];
  if (more.length > 0 || next === undefined || entry.parameters.length !== at + 2) {
    throw new Error(`${entry.names.join(", ")}: one parameter may be left out, and exactly one follows it`);
  }
  return entry.parameters.map((parameter) => {
    if (parameter === next) return parameterText({ ...parameter, type: `(${parameter.type})?` });
    if (parameter.name !== skipped) return parameterText(parameter);
    return parameterText({ ...parameter, type: `(${parameter.type.replace(/\?$/, "")} | (${next.type}))?` });
  });
}

function parameterText({ name, type }: Parameter): string {
  return name === "..." ? `...: ${type}` : `${name}: ${type}`;
}

function resultType(entry: FunctionEntry): string {
  return entry.result?.type ?? "()";
}

/** Puts the first paragraph above as a comment. */
function documented(entry: Entry, declaration: string, indent = "\t"): string {
  return `${indent}--- ${entry.text[0]?.en ?? ""}\n${declaration}`;
}
