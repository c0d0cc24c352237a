import { msg, str } from "@lit/localize";
import { html, svg, type TemplateResult } from "lit";
import { encode } from "uqr";

/** Longest link that is drawn, characters: more makes squares too small for a phone at the back of a classroom. */
export const MAX_QR_CHARS = 600;

/** White squares around the code, without which cameras do not find it (ISO/IEC 18004, section 5.3.8). */
const QUIET_ZONE = 4;

/** A link as a QR code: black on white in every theme, since many cameras read nothing else. */
export function qrCode(link: string): TemplateResult {
  const { size, data } = encode(link, { ecc: "M", border: QUIET_ZONE });
  // One path: runs of black squares, row by row.
  const path = data.flatMap((row, y) => runs(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)).join("");
  const label = msg(str`QR code of the link ${link}`, { id: "qr-label" });
  return html`<svg class="qr" role="img" aria-label=${label} viewBox=${`0 0 ${size} ${size}`} shape-rendering="crispEdges">
    ${svg`<rect width=${size} height=${size} fill="#fff" /><path d=${path} fill="#000" />`}</svg>`;
}

function runs(row: readonly boolean[]): [x: number, length: number][] {
  const found: [number, number][] = [];
  for (let x = 0; x < row.length; x++) {
    if (row[x] !== true) continue;
    const start = x;
    while (row[x + 1] === true) x++;
    found.push([start, x + 1 - start]);
  }
  return found;
}
