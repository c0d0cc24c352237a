import { css, type CSSResultGroup, unsafeCSS } from "lit";
import { sharedStyles } from "../ui/shared-styles.ts";
import contrast from "../theme/contrast.css?inline";
import tokens from "../theme/tokens.css?inline";
import { tokenStyles } from "../editor/luau/token-styles.ts";
import { tabStyles } from "./embed-tabs.ts";

/** Styles of `<zone-playground>`: the page's tokens, in its own tree, and its frame. Nothing of the host page comes in but what is inherited, and that is set anew. */
export const embedStyles: CSSResultGroup = [
  unsafeCSS(tokens),
  unsafeCSS(contrast),
  sharedStyles,
  tokenStyles,
  tabStyles,
  css`
    :host {
      all: initial;
      display: block;
      min-inline-size: 0;
      margin-block: 1rem;
      border: 1px solid var(--line);
      border-radius: var(--radius-m);
      overflow: hidden;
      background: var(--paper);
      color: var(--ink);
      font: var(--text-m) / 1.45 var(--font);
    }
    /* Lightness of the colours that a program chooses itself, on the console's ground. */
    :host { --readable-min: 0; --readable-max: 0.5; }
    :host([theme="dark"]) { --readable-min: 0.75; --readable-max: 1; }
    @media (prefers-color-scheme: dark) {
      :host(:not([theme="light"])) { --readable-min: 0.75; --readable-max: 1; }
    }
    /* Pages that make their root's font small, to count in tenths, do not make this unreadable; readers who make theirs large are followed. */
    :host { --text-xxs: max(0.6875rem, 11px); --text-xs: max(0.75rem, 12px); --text-s: max(0.8125rem, 13px); --text-m: max(0.875rem, 14px); --text-l: max(1rem, 16px); }
    :host([hidden]) { display: none; }
    .bar { display: flex; align-items: center; background: var(--surface); border-block-end: 1px solid var(--line); }
    [role="tab"], .single { font: 500 var(--text-s) / 1 var(--mono); }
    .single { display: flex; flex: 1; align-items: center; min-inline-size: 0; min-block-size: 2.5rem; padding: 0 0.9rem; overflow-x: auto; scrollbar-width: none; color: var(--ink-soft); }
    .single::-webkit-scrollbar { display: none; }
    .actions { display: flex; gap: 0.35rem; padding: 0.25rem 0.4rem; }
    .code { position: relative; block-size: calc(var(--code-height) + min(var(--messages-height, 0px), 12rem)); overflow: hidden; resize: vertical; }
    :host([height]) .code { block-size: var(--code-height); }
    .editor { block-size: 100%; }
    .static { block-size: 100%; overflow: auto; padding-block: 0.5rem; tab-size: 4; font: var(--text-m) / 1.55 var(--mono); }
    .static:focus-visible { outline-offset: -3px; }
    .static code { display: block; inline-size: max-content; min-inline-size: 100%; font: inherit; white-space: pre; }
    .row { display: flex; }
    .number { flex: none; inline-size: 3.1rem; padding-inline-end: 0.9rem; color: var(--ink-faint); text-align: end; -webkit-user-select: none; user-select: none; }
    .number::before { content: attr(data-number); }
    summary { display: block; cursor: pointer; }
    summary .text::after { content: " … "; background: var(--hover); border-radius: var(--radius-s); }
    details[open] > summary .text::after { content: none; }
    .t-comment, .t-self { font-style: italic; }
    .t-functionName { font-weight: 600; }
    .t-invalid { text-decoration: underline wavy; }
    .problem { margin: 0; padding: 0.6rem 0.75rem; border-block-start: 1px solid var(--failed); background: var(--failed-wash); color: var(--ink); }
    .problem code { font: var(--text-s) / 1.4 var(--mono); overflow-wrap: anywhere; -webkit-user-select: all; user-select: all; }
    .lock { padding: 0.75rem; border-block-start: 1px solid var(--waiting); background: var(--warn-wash); }
    .lock p { margin: 0 0 0.35rem; }
    .lock zp-password-form { display: block; max-inline-size: 26rem; }
    zp-bridge-notice { display: block; }
    @media (forced-colors: active) { :host, .bar { border-color: CanvasText; } }
  `,
];
