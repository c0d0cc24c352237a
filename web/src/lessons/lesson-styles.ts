import { css, type CSSResultGroup } from "lit";
import { tokenStyles } from "../editor/luau/token-styles.ts";
import { sharedStyles } from "../ui/shared-styles.ts";

/** A lesson's text: the same in the pane, in questions and in results. */
export const lessonTextStyles: CSSResultGroup = [
  sharedStyles,
  tokenStyles,
  css`
    h2, h3, h4, h5, p { overflow-wrap: anywhere; }
    h4 { margin: var(--space-4) 0 var(--space-1); font: 600 var(--text-l) / 1.4 var(--font); }
    h5 { margin: var(--space-3) 0 var(--space-1); font: 600 var(--text-m) / 1.4 var(--font); }
    p, ul, ol, blockquote { margin: var(--space-2) 0; line-height: 1.6; }
    ul, ol { padding-inline-start: 1.4rem; }
    li > p { margin: 0; }
    blockquote { padding-inline-start: var(--space-3); border-inline-start: 3px solid var(--line); color: var(--ink-soft); }
    a .host { padding: 0 0.25em; border: 1px solid var(--line); border-radius: 0.25em; background: var(--surface); color: var(--ink-soft); font: 0.85em var(--mono); overflow-wrap: anywhere; }
    a { color: var(--accent-strong); }
    code { font-family: var(--mono); font-size: 0.95em; overflow-wrap: anywhere; }
    :is(p, li, td, th, label) code { padding: 0 0.25em; border-radius: 0.25em; background: var(--hover); }
    pre { margin: 0; padding: var(--space-2) var(--space-3); min-inline-size: 0; font: var(--text-s) / 1.55 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 3; }
    pre code { font-size: inherit; }
    img { max-inline-size: 100%; block-size: auto; border-radius: var(--radius-s); }
    hr { border: 0; border-block-start: 1px solid var(--line); margin: var(--space-4) 0; }
    .sample { margin-block: var(--space-2); border: 1px solid var(--line); border-radius: var(--radius-s); background: var(--console); }
    .tools { display: flex; flex-wrap: wrap; justify-content: end; align-items: center; gap: var(--space-1); padding: 0 var(--space-1) var(--space-1); }
    .tools button { min-block-size: 1.75rem; font-size: var(--text-s); white-space: normal; }
    .callout { margin-block: var(--space-3); padding: var(--space-1) var(--space-3); border: 1px solid var(--line); border-inline-start: 3px solid var(--accent); border-radius: var(--radius-s); background: var(--surface); }
    .callout.warning { border-color: var(--waiting); background: var(--warn-wash); }
    .callout .kind { font-weight: 600; margin-block-end: 0; }
    .callout .kind + p { margin-block-start: 0; }
    .table { overflow-x: auto; margin-block: var(--space-3); }
    table { border-collapse: collapse; font-size: var(--text-s); line-height: 1.45; }
    th, td { padding: 0.35rem 0.6rem; border: 1px solid var(--line); text-align: start; vertical-align: top; }
    th { background: var(--surface); font-weight: 600; }
    .soft { color: var(--ink-soft); }
    .diff { position: relative; margin-block: var(--space-2); border: 1px solid var(--line); border-radius: var(--radius-s); background: var(--console); max-block-size: 24rem; overflow: auto; }
    .diff .added { background: var(--accent-wash); }
    .diff .removed { background: var(--failed-wash); }
    @media (pointer: coarse) { .tools button { min-block-size: 2.5rem; } }
  `,
];
