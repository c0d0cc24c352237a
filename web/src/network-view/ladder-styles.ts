import { css } from "lit";

/** The ladder: heads that stay, lifelines, rows of arrows and marks. */
export const ladderStyles = css`
  :host { display: flex; flex-direction: column; position: relative; min-block-size: 0; flex: 1; }
  .scroll { position: relative; flex: 1; min-block-size: 0; overflow: auto; overscroll-behavior: contain; background: var(--console); scrollbar-width: thin; }
  .heads { position: sticky; inset-block-start: 0; z-index: 2; block-size: 2.75rem; background: var(--surface); border-block-end: 1px solid var(--line); }
  .heads .since { position: absolute; inset: 0 auto 0 0.6rem; display: flex; align-items: center; color: var(--ink-faint); font-size: var(--text-xs); }
  .lane-head {
    position: absolute;
    inset-block: 0;
    display: grid;
    align-content: center;
    justify-items: center;
    translate: -50% 0;
    padding-inline: 0.25rem;
    overflow: hidden;
    text-align: center;
  }
  .lane-head > * { max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .lane-name { display: inline-flex; align-items: center; gap: 0.35rem; font: 600 var(--text-s) / 1.3 var(--mono); color: var(--lane); }
  .lane-name span { overflow: hidden; text-overflow: ellipsis; }
  .lane-kind { color: var(--ink-faint); font-size: var(--text-xxs); line-height: 1.2; }

  .rows { position: relative; outline: none; }
  .lifeline { position: absolute; inset-block: 0; inline-size: 0; border-inline-start: 2px solid var(--lane); opacity: 0.4; translate: -1px 0; }
  .row { position: absolute; inset-inline: 0; cursor: pointer; contain: layout paint style; }
  .row:hover { background: var(--hover); }
  .row[aria-selected="true"] { background: var(--accent-wash); }
  .row:hover .words > span { background: var(--hover); }
  .row:is(:hover, [aria-selected="true"]) .time { color: var(--ink-soft); }
  /* Before the reader is at a row. */
  .rows:focus-visible:not([aria-activedescendant]) { outline: 2px solid var(--focus); outline-offset: -2px; }
  .rows:focus-visible .row[data-current] { outline: 2px solid var(--focus); outline-offset: -2px; border-radius: var(--radius-s); }
  .time { position: absolute; inset-inline-start: 0; inline-size: 4.25rem; padding-inline-end: 0.6rem; text-align: end; color: var(--ink-faint); font: var(--text-xs) / 1 var(--mono); font-variant-numeric: tabular-nums; }
  .lines { position: absolute; inset-block-start: 0; overflow: visible; pointer-events: none; }
  .line { fill: none; stroke: var(--lane); stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
  .head, .dot { fill: var(--lane); }
  .head.open { fill: none; stroke: var(--lane); stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
  .head.bad { fill: var(--failed); }
  .ring { fill: var(--console); stroke: var(--lane); stroke-width: 1.75; }
  .small { fill: var(--ink-faint); }
  .pause { fill: none; stroke: var(--waiting); stroke-width: 3; stroke-linecap: round; }
  .bracket { fill: none; stroke: var(--ink-soft); stroke-width: 1.5; stroke-linejoin: round; }
  .held .line, .under-way .line { stroke-dasharray: 4 5; }
  .held .line { stroke: var(--waiting); }
  .reset .line, .refused .line, .failed .line, .thrown-away .line { stroke: var(--failed); }
  .reset .head { fill: var(--failed); }
  .cross { stroke-width: 2.25; }

  .words {
    position: absolute;
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    max-inline-size: var(--room);
    font-size: var(--text-s);
    line-height: 1.25;
    white-space: nowrap;
    pointer-events: none;
  }
  .words.middle { translate: -50% 0; justify-content: center; }
  .for-all .words { justify-content: center; }
  .words > span { padding-inline: 0.2rem; background: var(--console); border-radius: 3px; }
  .row[aria-selected="true"] .words > span { background: var(--accent-wash); }
  .words > .quote, .words > .what { overflow: hidden; text-overflow: ellipsis; min-inline-size: 2rem; }
  .quote { font-family: var(--mono); }
  .escape { color: var(--code-escape); }
  .cut { color: var(--code-escape); outline: 1px dashed currentColor; outline-offset: -1px; border-radius: 2px; }
  .size { color: var(--ink-soft); font-size: var(--text-xs); }
  .words > .chip { flex: none; padding: 0 0.4rem; border: 1px solid var(--line-strong); border-radius: 1rem; background: var(--surface); color: var(--ink-soft); font-size: var(--text-xxs); }
  .words > .state { border-color: currentColor; color: var(--waiting); }
  .thrown-away .words > .state { color: var(--failed); }
  .words > .note { flex: none; display: grid; place-items: center; inline-size: 1.1rem; block-size: 1.1rem; padding: 0; border-radius: 50%; background: var(--waiting); color: var(--console); font: 700 var(--text-xs) / 1 var(--font); }
  .printed .what { font: var(--text-s) / 1.25 var(--mono); color: var(--ink-soft); }
  .printed.error .what, .listen-failed .what, .listener-lost .what, .broken .what, .refused .what, .failed .what { color: var(--failed); }
  .for-all { border-block: 1px dashed var(--line-strong); background: var(--surface); }
  .silence { position: absolute; inset: 0 0 auto; display: flex; align-items: center; justify-content: center; gap: 0.75rem; color: var(--ink-faint); font-size: var(--text-xs); background: repeating-linear-gradient(135deg, transparent 0 5px, var(--hover) 5px 6px); border-block: 1px solid var(--line); }
  .silence span { padding-inline: 0.6rem; border-radius: 1rem; background: var(--console); }

  .newest { position: absolute; inset: auto 0.75rem 0.6rem auto; z-index: 3; box-shadow: var(--shadow); }
  /* A narrow view keeps its room for the bytes; the detail has the times. */
  @container (max-width: 32rem) or (max-width: 512px) {
    .took { display: none; }
  }
  @media (forced-colors: active) {
    .lifeline { border-color: GrayText; opacity: 1; }
    .line, .head.open, .bracket, .pause, .ring { stroke: CanvasText; }
    .head, .dot, .small, .head.bad { fill: CanvasText; }
    .row { forced-color-adjust: none; color: CanvasText; }
    .row[aria-selected="true"] { background: SelectedItem; color: SelectedItemText; }
    .row[aria-selected="true"] .words > span { background: none; }
    .row[aria-selected="true"] :is(.line, .head.open, .bracket, .pause) { stroke: SelectedItemText; }
    .row[aria-selected="true"] :is(.head, .dot, .small) { fill: SelectedItemText; }
    /* The system's pair of colours, whatever colour a word has otherwise. */
    .row * { color: inherit !important; }
    .words > span { background: none; }
    .silence { background: Canvas; }
  }
`;
