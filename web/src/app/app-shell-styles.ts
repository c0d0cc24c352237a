import { css, type CSSResultGroup } from "lit";
import { sharedStyles } from "../ui/shared-styles.ts";

/** The frame of the page: its rows and columns, and on a phone the tabs that take turns. */
export const appShellStyles: CSSResultGroup = [
  sharedStyles,
  css`
    :host {
      display: grid;
      grid-template: auto auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
      block-size: 100dvh;
      min-inline-size: 0;
    }
    /* The reader's progress is printed by itself. */
    @media print {
      :host([data-prints-progress]) { display: block; block-size: auto; }
      :host([data-prints-progress]) > :not(zp-progress-dialog) { display: none; }
    }
    .skip {
      position: absolute;
      inset: 0.5rem auto auto 0.5rem;
      z-index: 10;
      padding: 0.5rem 0.8rem;
      border-radius: var(--radius-s);
      background: var(--raised);
      color: var(--accent-strong);
      box-shadow: var(--shadow);
    }
    .skip:not(:focus) { clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; padding: 0; }

    main {
      display: grid;
      grid-template-columns: minmax(18rem, calc((100% - 0.75rem) * var(--split))) auto minmax(18rem, 1fr);
      gap: 0;
      padding: 0 var(--space-3);
      min-block-size: 0;
    }
    .code, .output { min-block-size: 0; min-inline-size: 0; }
    .code {
      display: grid;
      grid-template-rows: auto minmax(0, 1fr);
      border: 1px solid var(--line);
      border-radius: var(--radius-m);
      overflow: hidden;
      background: var(--paper);
    }
    .output {
      display: flex;
      flex-direction: column;
    }

    .lesson { display: flex; min-block-size: 0; min-inline-size: 0; }
    .with-lesson { grid-template-columns: minmax(19rem, 27%) minmax(15rem, calc((73% - 1.5rem) * var(--split))) auto minmax(15rem, 1fr); }
    .with-lesson .lesson { padding-inline-end: var(--space-3); }
    .narrow { grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr); padding: 0 var(--space-2); }
    .narrow .lesson { padding: 0; }
    .panes { display: flex; gap: var(--space-1); padding-block-end: var(--space-2); }
    .panes button { flex: 1; min-inline-size: 0; padding-inline: 0.3rem; border-color: var(--line); background: var(--surface); color: var(--ink-soft); }
    /* Four tabs have no room for pictures on a phone. */
    .with-lesson .panes svg { display: none; }
    .panes button[aria-selected="true"] { background: var(--accent-wash); color: var(--accent-strong); border-color: var(--accent); }
    .narrow zp-pane-divider, [hidden] { display: none !important; }
  `,
];
