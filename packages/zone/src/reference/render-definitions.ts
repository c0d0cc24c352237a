import type { Chapter, Entry, FunctionEntry, Parameter } from "./reference.ts";
import { ORIGIN_MARKS } from "./topics.ts";

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
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
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
  return `\tfunction ${method}(${["self", ...parameters(entry).map(parameterText)].join(", ")}): ${resultType(entry)}`;
}

function globalFunction(name: string, entry: FunctionEntry): string {
  return `declare function ${name}(${entry.parameters.map(parameterText).join(", ")}): ${resultType(entry)}`;
}

function functionType(entry: FunctionEntry): string {
  // In a type what follows the dots is no annotation.
  const types = entry.parameters.map((parameter) => (parameter.name === "..." ? `...${parameter.type}` : parameterText(parameter)));
  return `(${types.join(", ")}) -> ${resultType(entry)}`;
}

/**
 * The parameters; where some may be left out though others follow, each takes what may stand in its place. Overloads would
 * say it more sharply, but Luau does not infer the parameters of a callback that is handed to an overloaded function.
 */
function parameters({ parameters, skippable }: FunctionEntry): readonly Pick<Parameter, "name" | "type">[] {
  if (!skippable) return parameters;
  const short = parameters.filter((parameter) => !skippable.includes(parameter.name));
  return parameters.map(({ name, type }, index) => {
    const instead = short[index]?.type;
    const types = instead === undefined || instead === type ? [type] : [type, instead];
    const isOptional = instead === undefined || types.some((each) => each.endsWith("?"));
    const bare = types.map((each) => each.replace(/\?$/, "")).map((each) => (each.includes("->") ? `(${each})` : each));
    const union = bare.length > 1 ? `(${bare.join(" | ")})` : bare.join("");
    return { name, type: isOptional ? `${union}?` : union };
  });
}

function parameterText({ name, type }: Pick<Parameter, "name" | "type">): string {
  return name === "..." ? `...: ${type}` : `${name}: ${type}`;
}

function resultType(entry: FunctionEntry): string {
  return entry.result?.type ?? "()";
}

/** Puts the first paragraph above as a comment, and whose name it is. */
function documented(entry: Entry, declaration: string, indent = "\t"): string {
  const mark = entry.origin === undefined ? "" : ` (${ORIGIN_MARKS[entry.origin].en})`;
  return `${indent}--- ${entry.text[0]?.en ?? ""}${mark}\n${declaration}`;
}
