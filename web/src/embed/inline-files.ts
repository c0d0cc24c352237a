import { completeFileName } from "../project/file-name.ts";
import type { ProjectFile } from "../project/project.ts";

/** The name of a file that was given none. */
const DEFAULT_NAME = "main.luau";

/** The elements that hold a file each. */
const FILE_ELEMENTS = ':scope > pre, :scope > script[type="text/luau"], :scope > template';

/**
 * The files that stand inside an element: `<pre data-name="server.luau">`, which can be read where this script does not come,
 * `<script type="text/luau" data-name=…>` or `<template data-name=…>`.
 */
export function inlineFiles(element: Element): ProjectFile[] {
  return [...element.querySelectorAll<HTMLElement>(FILE_ELEMENTS)].map((child) => ({
    name: completeFileName(child.dataset["name"] ?? DEFAULT_NAME),
    source: dedent((child instanceof HTMLTemplateElement ? child.content.textContent : child.textContent) ?? ""),
    isProgram: child.dataset["module"] === undefined,
  }));
}

/** Fetches the files at these addresses, separated by spaces; each is named by the last part of its path. @throws {FileLoadError} */
export async function filesFrom(addresses: string, base: string): Promise<ProjectFile[]> {
  return Promise.all(
    addresses
      .trim()
      .split(/\s+/)
      .map(async (address) => {
        const url = new URL(address, base);
        const response = await fetch(url).catch((error: unknown) => {
          throw new FileLoadError(url.href, error instanceof Error ? error.message : String(error));
        });
        if (!response.ok) throw new FileLoadError(url.href, `HTTP ${response.status}`);
        const name = decodeURIComponent(url.pathname.split("/").at(-1) ?? "");
        return { name: completeFileName(name || DEFAULT_NAME), source: (await response.text()).replaceAll("\r\n", "\n"), isProgram: true };
      }),
  );
}

/** Files with the programs that an author has named, separated by spaces, if any. Of files of one name the first counts. */
export function chosenFiles(files: readonly ProjectFile[], programs = ""): ProjectFile[] {
  const named = programs.trim() === "" ? undefined : new Set(programs.trim().split(/\s+/).map(completeFileName));
  const unique = files.filter(({ name }, index) => files.findIndex((other) => other.name === name) === index);
  return unique.map((file) => ({ ...file, isProgram: named?.has(file.name) ?? file.isProgram }));
}

/** A file of `src` could not be had. */
export class FileLoadError extends Error {
  override readonly name = "FileLoadError";
  readonly code = "file-not-loaded";
  readonly address: string;
  readonly reason: string;

  constructor(address: string, reason: string) {
    super(`${address}: ${reason}`);
    this.address = address;
    this.reason = reason;
  }
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Takes away the line breaks at both ends and the indentation that all lines share, so that code may be indented with its HTML. */
export function dedent(text: string): string {
  const lines = text
    .replaceAll("\r\n", "\n")
    .replace(/^\s*\n/, "")
    .trimEnd()
    .split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)?.[0] ?? "");
  let shared = indents[0] ?? "";
  for (const indent of indents) shared = shared.slice(0, commonLength(shared, indent));
  return `${lines.map((line) => line.slice(Math.min(shared.length, line.length))).join("\n")}\n`;
}
