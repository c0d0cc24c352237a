import { msg, str } from "@lit/localize";
import type { Block, CodeBlock, Inline, LinkTarget } from "@playground/lessons";
import { html, type TemplateResult } from "lit";
import { follow, renderCode } from "../reference/render-blocks.ts";
import { referenceLink } from "../reference/reference-link.ts";
import { lessonLink } from "./lesson-address.ts";
import { type DiffLine, firstHunk, type Hunk, lineDiff } from "./line-diff.ts";
import "../ui/copy-button.ts";

type Rendered = string | TemplateResult | readonly Rendered[];

/** What is around a lesson's text. */
export interface LessonSurroundings {
  /** The id of another lesson of the same course, by its name there. */
  lessonId(name: string): string;
  /** Whether links to other sites say where they lead: a stranger may have written them. */
  readonly showsHosts: boolean;
  /** The playground's, where addresses of lessons and of the reference lead. */
  readonly origin: string;
  /** Undefined where there is no reference beside the lesson: then it is opened in a tab of its own. */
  readonly openReference: ((topic: string) => void) | undefined;
  openLesson(lesson: string): void;
  /** Puts a piece of code into a file of the learner's. */
  putInto(file: string, source: string): void;
  /** Runs a piece of code by itself. */
  runCode(source: string): void;
  /** Shows or hides how a piece of code differs from a file. */
  compare(block: CodeBlock): void;
  /** The learner's file, where the piece of code is compared with it now. */
  comparedWith(block: CodeBlock): string | undefined;
  /** Where an image element finds a picture of the lesson. */
  pictureAddress(path: string): string;
}

/** The elements of a lesson's text: one kind for each type of its tree, so that nothing else can be in it. */
export function renderLesson(blocks: readonly Block[], around: LessonSurroundings): TemplateResult[] {
  return blocks.map((block) => renderBlock(block, around));
}

function renderBlock(block: Block, around: LessonSurroundings): TemplateResult {
  switch (block.type) {
    case "paragraph":
      return html`<p>${renderInlines(block.children, around)}</p>`;
    case "heading":
      return block.level === 3 ? html`<h4>${renderInlines(block.children, around)}</h4>` : html`<h5>${renderInlines(block.children, around)}</h5>`;
    case "list": {
      const items = block.items.map((item) => html`<li>${renderLesson(item, around)}</li>`);
      return block.ordered ? html`<ol start=${block.start}>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case "quote":
      return html`<blockquote>${renderLesson(block.children, around)}</blockquote>`;
    case "code-block":
      return renderCodeBlock(block, around);
    case "callout":
      return html`
        <div class=${`callout ${block.kind}`} role="note">
          <p class="kind">${block.title.length > 0 ? renderInlines(block.title, around) : calloutTitle(block.kind)}</p>
          ${renderLesson(block.children, around)}
        </div>`;
    case "table": {
      const [head = [], ...rows] = block.rows;
      return html`
        <div class="table" tabindex="0" role="group" aria-label=${msg("Table", { id: "reference-table" })}><table>
          <thead><tr>${head.map((cell) => html`<th scope="col">${renderInlines(cell, around)}</th>`)}</tr></thead>
          <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${renderInlines(cell, around)}</td>`)}</tr>`)}</tbody>
        </table></div>`;
    }
    case "picture":
      return html`<img src=${around.pictureAddress(block.path)} alt=${block.description} />`;
    case "rule":
      return html`<hr />`;
  }
}

function calloutTitle(kind: "note" | "tip" | "warning"): string {
  switch (kind) {
    case "note":
      return msg("Note", { id: "lesson-note" });
    case "tip":
      return msg("Tip", { id: "lesson-tip" });
    case "warning":
      return msg("Careful", { id: "lesson-warning" });
  }
}

export function renderInlines(inlines: readonly Inline[], around: LessonSurroundings): Rendered {
  return inlines.map((inline): Rendered => {
    switch (inline.type) {
      case "text":
        return inline.text;
      case "code":
        return html`<code>${inline.text}</code>`;
      case "emphasis":
        return html`<em>${renderInlines(inline.children, around)}</em>`;
      case "strong":
        return html`<strong>${renderInlines(inline.children, around)}</strong>`;
      case "break":
        return html`<br />`;
      case "link":
        return renderLink(inline.target, renderInlines(inline.children, around), around);
    }
  });
}

function renderLink(target: LinkTarget, content: Rendered, around: LessonSurroundings): TemplateResult {
  switch (target.kind) {
    case "web":
      return html`<a href=${target.url} target="_blank" rel="noopener noreferrer">${content}${around.showsHosts ? html` <span class="host">${new URL(target.url).host}</span>` : ""}</a>`;
    case "reference": {
      const { openReference } = around;
      const address = referenceLink(target.topic, around);
      return openReference === undefined
        ? html`<a href=${address} target="_blank" rel="noopener noreferrer">${content}</a>`
        : html`<a href=${address} @click=${(event: MouseEvent) => follow(event, () => openReference(target.topic))}>${content}</a>`;
    }
    case "lesson": {
      const lesson = around.lessonId(target.lesson);
      return html`<a href=${lessonLink({ lesson, step: undefined }, around)} @click=${(event: MouseEvent) => follow(event, () => around.openLesson(lesson))}>${content}</a>`;
    }
  }
}

function renderCodeBlock(block: CodeBlock, around: LessonSurroundings): TemplateResult {
  const { language, text, action, file } = block;
  const compared = action === "compare" ? around.comparedWith(block) : undefined;
  return html`
    <div class="sample">
      ${language === "luau" ? renderCode(text, { words: [] }) : html`<pre><code>${text}</code></pre>`}
      <div class="tools">
        ${action === "run" ? html`<button class="outlined" data-testid="run-code" @click=${() => around.runCode(text)}>${msg("Run", { id: "lesson-run-code" })}</button>` : ""}
        ${
          action === "open" && file !== undefined
            ? html`<button class="outlined" data-testid="put-into" @click=${() => around.putInto(file, `${text}\n`)}>${msg(str`Put into ${file}`, { id: "lesson-put-into" })}</button>`
            : ""
        }
        ${
          action === "compare" && file !== undefined
            ? html`<button class="outlined" data-testid="compare-code" aria-expanded=${compared !== undefined} @click=${() => around.compare(block)}>${msg(str`Compare with ${file}`, { id: "lesson-compare" })}</button>`
            : ""
        }
        <zp-copy-button iconOnly .text=${text} .label=${msg("Copy the code", { id: "copy-code" })}></zp-copy-button>
      </div>
    </div>
    ${compared === undefined ? "" : renderDiff(compared, `${text}\n`)}`;
}

/** What is to be taken away and what to be added, for a text to become another. */
export function renderDiff(before: string, after: string): TemplateResult {
  const lines = lineDiff(before, after);
  return firstHunk(lines) === undefined ? noDifference() : renderLines(lines);
}

/** One stretch of lines that differ, with a little of what is around it. */
export function renderHunk(lines: readonly DiffLine[], { from, to }: Hunk): TemplateResult {
  // Of the next difference nothing is shown.
  const behind = lines.slice(to, to + LINES_AROUND);
  const other = behind.findIndex(({ kind }) => kind !== "same");
  return renderLines([...lines.slice(Math.max(0, from - LINES_AROUND), to), ...(other < 0 ? behind : behind.slice(0, other))]);
}

/** Lines before and behind a difference by which its place is found. */
const LINES_AROUND = 2;

export function noDifference(): TemplateResult {
  return html`<p class="soft" role="status">${msg("There is no difference.", { id: "lesson-no-difference" })}</p>`;
}

function renderLines(lines: readonly DiffLine[]): TemplateResult {
  const sign = { same: " ", removed: "−", added: "+" };
  const word = { same: "", removed: msg("removed:", { id: "lesson-removed" }), added: msg("added:", { id: "lesson-added" }) };
  return html`<pre class="diff" tabindex="0" role="group" aria-label=${msg("Differences", { id: "lesson-differences" })}>${lines.map(
    ({ kind, text }) =>
      html`<span class=${kind}><span aria-hidden="true">${sign[kind]} </span>${kind === "same" ? "" : html`<span class="visually-hidden">${word[kind]} </span>`}${text}\n</span>`,
  )}</pre>`;
}
