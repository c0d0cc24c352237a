import { css } from "lit";
import { fieldFrame } from "../ui/field-frame.ts";

/** The tab's bars, banners and places. */
export const networkTabStyles = css`
  :host { display: flex; flex-direction: column; flex: 1; min-block-size: 0; min-inline-size: 0; border: 1px solid var(--line); border-radius: var(--radius-m); background: var(--console); overflow: hidden; }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1); padding: 0.3rem 0.4rem; background: var(--surface); border-block-end: 1px solid var(--line); }
  .views { display: flex; }
  .views button { padding-inline: 0.55rem; border-color: var(--line); border-radius: 0; min-block-size: 1.9rem; font-size: var(--text-s); color: var(--ink-soft); }
  .views button:first-child { border-radius: var(--radius-s) 0 0 var(--radius-s); }
  .views button:last-child { border-radius: 0 var(--radius-s) var(--radius-s) 0; border-inline-start: 0; }
  .views button[aria-pressed="true"] { background: var(--accent-wash); color: var(--accent-strong); }
  .count { margin-inline-start: auto; color: var(--ink-soft); font-size: var(--text-s); font-variant-numeric: tabular-nums; white-space: nowrap; }
  select, input[type="search"] { min-block-size: 1.9rem; min-inline-size: 0; ${fieldFrame} padding: 0 0.5rem; font: var(--text-s) var(--font); color: var(--ink); }
  select { flex: 0 1 11rem; }
  input[type="search"] { flex: 1 1 9rem; font-family: var(--mono); }
  .toggle { display: inline-flex; align-items: center; gap: 0.35rem; font-size: var(--text-s); color: var(--ink-soft); white-space: nowrap; }
  .toggle input { accent-color: var(--accent); inline-size: 1rem; block-size: 1rem; margin: 0; }
  .chip { min-block-size: 1.7rem; padding-inline: 0.6rem 0.35rem; border-color: var(--accent); border-radius: 1rem; background: var(--accent-wash); color: var(--accent-strong); font-size: var(--text-s); max-inline-size: 100%; }
  .chip span { overflow: hidden; text-overflow: ellipsis; }
  /* What is within asks how wide this is: on a phone, beside the code, or in an element of another page. */
  .stage { container-type: inline-size; position: relative; display: flex; flex-direction: column; flex: 1; min-block-size: 0; }
  zp-network-detail { flex: 0 1 auto; max-block-size: 55%; min-block-size: 9rem; border-block-start: 1px solid var(--line-strong); box-shadow: 0 -4px 12px var(--shadow-edge); z-index: 4; }
  .empty { display: grid; gap: var(--space-3); justify-items: center; align-content: center; flex: 1; padding: var(--space-6); text-align: center; color: var(--ink-soft); line-height: 1.5; overflow: auto; }
  .empty p { margin: 0; max-inline-size: 27rem; }
  .empty > svg { inline-size: 3.5rem; block-size: 3.5rem; color: var(--ink-faint); }
  .empty strong { color: var(--ink); font-weight: 600; }
  .banner { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-2); margin: 0; padding: 0.3rem 0.6rem; background: var(--accent-wash); border-block-end: 1px solid var(--line); font-size: var(--text-s); }
  .banner span { flex: 1 1 12rem; min-inline-size: 0; overflow-wrap: anywhere; }
  .banner button { min-block-size: 1.75rem; font-size: var(--text-s); }
  .banner.aside { background: var(--surface); }
  .banner.fault { background: var(--warn-wash); }
  .dropped { margin: 0; padding: 0.25rem 0.6rem; background: var(--warn-wash); border-block-end: 1px solid var(--line); font-size: var(--text-s); }
  @media (pointer: coarse) {
    .views button, select, input[type="search"] { min-block-size: 2.5rem; }
    .chip { min-block-size: 2.25rem; }
  }
  /* A sheet, which leaves of the ladder what the arrow is among. */
  @container (max-width: 32rem) or (max-width: 512px) {
    zp-network-detail { max-block-size: 72%; border-radius: var(--radius-m) var(--radius-m) 0 0; }
  }
`;
