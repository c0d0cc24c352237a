import { svg, type SVGTemplateResult, type TemplateResult, html } from "lit";

/** Pictures of 16 by 16 in the colour of the text around them; what they mean always stands beside them in words. */
function icon(shape: SVGTemplateResult, name: string): TemplateResult {
  return html`<svg class=${`icon-${name}`} viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor"
    stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`;
}

export const runIcon = icon(svg`<path d="M5 3.2v9.6L12.6 8z" fill="currentColor" />`, "run");
export const stopIcon = icon(svg`<rect x="3.8" y="3.8" width="8.4" height="8.4" rx="1.4" fill="currentColor" />`, "stop");
export const clearIcon = icon(svg`<circle cx="8" cy="8" r="5.4" /><path d="M4.3 11.7 11.7 4.3" />`, "clear");
export const addIcon = icon(svg`<path d="M8 3.200v9.600M3.2 8h9.6" />`, "add");
export const editIcon = icon(svg`<path d="M3 13l.6-2.7 6.9-6.900a1.4 1.4 0 0 1 2 2L5.7 12.400z" />`, "edit");
export const copyIcon = icon(
  svg`<rect x="5.5" y="5.5" width="7.7" height="7.7" rx="1.6" /><path d="M3.6 10.300A1.4 1.4 0 0 1 2.8 9V4.200a1.4 1.4 0 0 1 1.4-1.400H9a1.4 1.4 0 0 1 1.3.8" />`,
  "copy",
);
export const doneIcon = icon(svg`<path d="M3.2 8.600l3.2 3.2 6.4-7.4" />`, "done");
export const peopleIcon = icon(
  svg`<rect x="1.8" y="3" width="7.6" height="5.6" rx="1" /><path d="M3.6 11h4" /><path d="M11.400 6.600h1.900a1 1 0 0 1 1 1v3.600a1 1 0 0 1-1 1H9.400a1 1 0 0 1-1-1v-.200M9.800 14.200h3" />`,
  "people",
);
export const closeIcon = icon(svg`<path d="M4 4l8 8M12 4l-8 8" />`, "close");
export const menuIcon = icon(svg`<path d="M2.8 4.5h10.4M2.8 8h10.4M2.8 11.5h10.4" />`, "menu");
export const moduleIcon = icon(
  svg`<path d="M8 1.900 13.300 4.900v6.200L8 14.100 2.700 11.100V4.900z" /><path d="M2.900 5 8 7.900 13.100 5M8 7.900v6" />`,
  "module",
);
export const codeIcon = icon(svg`<path d="M5.6 4.4 2 8l3.6 3.600M10.4 4.4 14 8l-3.6 3.6" />`, "code");
export const consoleIcon = icon(svg`<path d="M3 4.4 6.6 8 3 11.600M8.4 12H13" />`, "console");
export const networkIcon = icon(
  svg`<path d="M3.500 2.200v11.600M12.500 2.200v11.600M3.500 5.600h6.600M8.200 3.800l2 1.800-2 1.800M12.500 10.400H5.900M7.800 8.600l-2 1.800 2 1.800" />`,
  "network",
);
export const lightIcon = icon(
  svg`<circle cx="8" cy="8" r="2.8" /><path d="M8 1.600v1.300M8 13.100v1.300M1.6 8h1.300M13.1 8h1.300M3.5 3.500l.9.9M11.6 11.600l.9.9M12.5 3.500l-.9.9M4.4 11.600l-.9.9" />`,
  "light",
);
export const darkIcon = icon(svg`<path d="M13.2 9.700A5.7 5.7 0 0 1 6.3 2.800a5.7 5.7 0 1 0 6.9 6.900z" />`, "dark");
export const contrastIcon = icon(
  svg`<rect x="2.4" y="2.4" width="11.2" height="11.2" rx="1.6" /><path d="M2.4 13.600 13.6 2.400v11.200z" fill="currentColor" />`,
  "contrast",
);
export const systemIcon = icon(svg`<circle cx="8" cy="8" r="5.6" /><path d="M8 2.400a5.6 5.6 0 0 1 0 11.200z" fill="currentColor" />`, "system");

export const shareIcon = icon(
  svg`<circle cx="12" cy="3.6" r="1.9" /><circle cx="4" cy="8" r="1.9" /><circle cx="12" cy="12.4" r="1.9" /><path d="M5.7 7.100l4.600-2.500M5.7 8.900l4.600 2.5" />`,
  "share",
);
export const projectsIcon = icon(
  svg`<path d="M2 4.600a1.2 1.2 0 0 1 1.200-1.200h3l1.500 1.700h5.100a1.2 1.2 0 0 1 1.2 1.200v5.100a1.2 1.2 0 0 1-1.2 1.200H3.200A1.2 1.2 0 0 1 2 11.400z" />`,
  "projects",
);
export const deleteIcon = icon(svg`<path d="M3 4.400h10M6.3 4.400V3h3.400v1.400M4.3 4.400l.6 8.600h6.200l.6-8.600M6.8 7v3.600M9.2 7v3.6" />`, "delete");

export const moreIcon = icon(
  svg`<circle cx="8" cy="3.4" r=".7" fill="currentColor" /><circle cx="8" cy="8" r=".7" fill="currentColor" /><circle cx="8" cy="12.6" r=".7" fill="currentColor" />`,
  "more",
);
export const mergedIcon = icon(svg`<path d="M3 3.600h10M3 6.500h7M3 9.500h10M3 12.400h5" />`, "merged");
export const nextIcon = icon(svg`<path d="M3.6 6 8 10.400 12.4 6" />`, "next");
export const previousIcon = icon(svg`<path d="M3.6 10.400 8 6l4.4 4.400" />`, "previous");

export const pausedIcon = icon(svg`<path d="M5.6 3.600v8.800M10.4 3.600v8.8" stroke-width="2.4" />`, "paused");
export const stepIcon = icon(svg`<path d="M3.4 3.600v8.800L9.4 8z" fill="currentColor" /><path d="M12.2 3.600v8.8" stroke-width="2" />`, "step");
export const slowIcon = icon(svg`<circle cx="8" cy="8.600" r="5.2" /><path d="M8 5.600v3.200l2 1.400M6.2 1.900h3.6" />`, "slow");

export const runningIcon = icon(svg`<circle cx="8" cy="8" r="5.8" /><path d="M6.7 5.600v4.800L10.6 8z" fill="currentColor" stroke-width="1" />`, "running");
export const waitingIcon = icon(
  svg`<circle cx="8" cy="8" r="5.8" stroke-dasharray="4.4 3" /><circle cx="8" cy="8" r="1.2" fill="currentColor" stroke="none" />`,
  "waiting",
);
export const stoppedIcon = icon(
  svg`<circle cx="8" cy="8" r="5.8" /><rect x="5.9" y="5.9" width="4.2" height="4.2" rx=".6" fill="currentColor" stroke="none" />`,
  "stopped",
);
export const failedIcon = icon(
  svg`<path d="M8 2.3 14.3 13.200H1.700z" /><path d="M8 6.400v3" /><circle cx="8" cy="11.2" r=".5" fill="currentColor" />`,
  "failed",
);

export const connectedIcon = icon(
  svg`<path d="M6.4 3.200a5 5 0 0 0 0 9.600M9.6 3.200a5 5 0 0 1 0 9.6" /><circle cx="8" cy="8" r="1.5" fill="currentColor" stroke="none" />`,
  "connected",
);
export const lostIcon = icon(svg`<path d="M6.4 3.200a5 5 0 0 0 0 9.600M9.6 3.200a5 5 0 0 1 0 9.6" /><path d="M3 3l10 10" />`, "lost");
