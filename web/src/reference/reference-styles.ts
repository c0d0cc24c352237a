import { css, type CSSResultGroup } from "lit";
import { tokenStyles } from "../editor/luau/token-styles.ts";
import { fieldFrame } from "../ui/field-frame.ts";

/** Width up to which the list and the text take turns: that of the page, where code and consoles do. */
export const NARROW = "(max-width: 47.5rem)";

/** The frame of the dialog: a line to search in, and below it the list beside the text. */
const frame = css`
  dialog { inline-size: min(68rem, calc(100vw - 2rem)); block-size: min(52rem, calc(100dvh - 2rem)); }
  .body { display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); flex: 1; padding: var(--space-3) 0 0; overflow: hidden; }
  form { display: flex; align-items: center; padding: 0 var(--space-6) var(--space-3); border-block-end: 1px solid var(--line); }
  input { flex: 1 1 12rem; max-inline-size: 30rem; min-inline-size: 0; min-block-size: 2.25rem; padding: 0 0.6rem; ${fieldFrame} font: var(--text-m) var(--font); }
  [role="status"] { color: var(--ink-soft); font-size: var(--text-s); white-space: nowrap; font-variant-numeric: tabular-nums; }
  [role="status"]:not(:empty), .to-list { margin-inline-start: var(--space-3); }
  .none { color: var(--failed); }
  .panes { display: grid; grid-template: minmax(0, 1fr) / 19rem minmax(0, 1fr); min-block-size: 0; }
  .list, .text { position: relative; overflow-y: auto; overscroll-behavior: contain; min-inline-size: 0; }
  .list { padding: var(--space-3); border-inline-end: 1px solid var(--line); background: var(--surface); }
  .text { padding: var(--space-4) var(--space-6) var(--space-6); }
  :is(.list, .text):focus-visible { outline-offset: -2px; }
  .to-list { display: none; }
  @media (max-width: 47.5rem) {
    dialog { inline-size: 100vw; max-inline-size: none; block-size: 100dvh; max-block-size: none; margin: 0; border: 0; border-radius: 0; }
    form { padding-inline: var(--space-4); }
    .panes { grid-template-columns: minmax(0, 1fr); }
    .list { border-inline-end: 0; }
    .text { padding: var(--space-3) var(--space-4) var(--space-6); }
    [data-pane="text"] .list, [data-pane="list"] .text { display: none; }
    [data-pane="text"] .to-list { display: inline-flex; }
  }
  /* A low window is the text's. */
  @media (max-height: 30rem) {
    header { padding-block-start: var(--space-1); }
    .body { padding-block-start: var(--space-1); }
    form { padding-block-end: var(--space-1); }
  }
`;

const list = css`
  .list ul { margin: 0; padding: 0; list-style: none; }
  .list ul ul { padding-inline-start: var(--space-3); }
  .list button { inline-size: 100%; min-block-size: 2rem; block-size: auto; padding: 0.3rem 0.5rem; justify-content: start; font-weight: 400; line-height: 1.35; text-align: start; white-space: normal; overflow-wrap: anywhere; }
  .list .chapter { margin-block-start: var(--space-2); font-weight: 600; }
  .list .entry { font: var(--text-s) / 1.35 var(--mono); color: var(--ink-soft); }
  .list [aria-current]:not([aria-current="false"]) { background: var(--accent-wash); color: var(--accent-strong); }
  .list .result { display: grid; justify-items: start; gap: 0.15rem; }
  .result b { font-weight: 600; overflow-wrap: anywhere; }
  .result small { color: var(--ink-soft); font-size: var(--text-s); }
  @media (pointer: coarse) { .list button { min-block-size: 2.5rem; } }
`;

const text = css`
  .text > * { max-inline-size: 46rem; }
  h3, h4 { margin: 0; overflow-wrap: anywhere; scroll-margin-block-start: var(--space-3); }
  h3 { font: 600 1.25rem / 1.3 var(--font); }
  h4 { font: 600 var(--text-l) / 1.4 var(--mono); }
  h3 a, h4 a { color: inherit; text-decoration: none; }
  :is(h3, h4) a:hover { text-decoration: underline; }
  .within { margin: 0 0 var(--space-1); color: var(--ink-soft); font-size: var(--text-s); }
  .text p { margin: var(--space-2) 0; line-height: 1.55; }
  .text ul { margin: var(--space-2) 0; padding-inline-start: 1.4rem; line-height: 1.55; }
  .text li > p { margin: 0; }
  .text ul ul { margin-block: 0.2rem; }
  a { color: var(--accent-strong); }
  code { font-family: var(--mono); font-size: 0.95em; overflow-wrap: anywhere; }
  :is(p, li, td, th) code { padding: 0 0.25em; border-radius: 0.25em; background: var(--hover); }
  pre { flex: 1; margin: 0; padding: var(--space-2) var(--space-3); min-inline-size: 0; font: var(--text-s) / 1.55 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 3; }
  pre code { font-size: inherit; }
  .entry-text { margin-block-start: var(--space-6); padding-block-start: var(--space-4); border-block-start: 1px solid var(--line); }
  .sample, .signature { display: flex; align-items: start; margin-block: var(--space-2); border: 1px solid var(--line); border-radius: var(--radius-s); background: var(--console); }
  .sample zp-copy-button { flex: none; margin: 0.2rem; }
  .signature { border-inline-start: 3px solid var(--accent); background: var(--surface); }
  .note { margin-block: var(--space-3); padding: var(--space-1) var(--space-3); border: 1px solid var(--waiting); border-radius: var(--radius-s); background: var(--warn-wash); }
  .table { overflow-x: auto; margin-block: var(--space-3); }
  table { border-collapse: collapse; font-size: var(--text-s); line-height: 1.45; }
  th, td { padding: 0.35rem 0.6rem; border: 1px solid var(--line); text-align: start; vertical-align: top; min-inline-size: 7rem; }
  th { background: var(--surface); font-weight: 600; }
  mark { border-radius: 0.15em; background: var(--mark-found); color: var(--ink); }
  .marks { color: var(--ink-soft); font-size: var(--text-s); }
  .next { margin-block-start: var(--space-6); block-size: auto; padding-block: 0.5rem; white-space: normal; text-align: start; line-height: 1.3; }
  @media (forced-colors: active) { mark { background: Mark; color: MarkText; } }
`;

export const referenceStyles: CSSResultGroup = [tokenStyles, frame, list, text];
