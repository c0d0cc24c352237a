/** One small diagram: two lines over a logarithmic axis. */
export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly x: readonly number[];
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [380, 230, 48, 30, 40, 34];
const COLUMNS = 2;
const LEGEND_HEIGHT = 30;
/** Lines across the diagram. */
const GRID_LINES = 4;

/** The panels as one SVG, two beside each other, which follows the reader's light or dark colours. */
export function growthPlot(panels: readonly Panel[], xName: string, names: readonly [string, string]): string {
  const rows = Math.ceil(panels.length / COLUMNS);
  const [width, height] = [WIDTH * COLUMNS, HEIGHT * rows + LEGEND_HEIGHT];
  const legend = names.map(
    (name, index) =>
      `<g transform="translate(${LEFT + index * 140},16)"><path class="line l${index}" d="M0 0h24"/>${dot(12, 0, index)}<text x="32" y="4">${name}</text></g>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${panels.map(({ title }) => title).join(", ")}, by the number of ${xName}">`,
    "<style>",
    ":root{--back:#ffffff;--text:#1f2328;--grid:#d0d7de;--a:#0969da;--b:#bc4c00}",
    "@media(prefers-color-scheme:dark){:root{--back:#0d1117;--text:#e6edf3;--grid:#30363d;--a:#58a6ff;--b:#f0883e}}",
    ".back{fill:var(--back)}text{fill:var(--text)}.grid{stroke:var(--grid)}.line{fill:none;stroke-width:2}.l0{stroke:var(--a)}.l1{stroke:var(--b);stroke-dasharray:5 4}.d0{fill:var(--a)}.d1{fill:var(--b)}",
    "</style>",
    `<rect class="back" width="${width}" height="${height}"/>`,
    ...legend,
    ...panels.map((panel, index) => drawPanel(panel, (index % COLUMNS) * WIDTH, LEGEND_HEIGHT + Math.floor(index / COLUMNS) * HEIGHT, xName)),
    "</svg>",
    "",
  ].join("\n");
}

function drawPanel({ title, unit, x, ours, theirs }: Panel, left: number, top: number, xName: string): string {
  const most = niceCeiling(Math.max(...ours, ...theirs));
  const [first, last] = [Math.log10(x[0] ?? 1), Math.log10(x.at(-1) ?? 10)];
  const atX = (value: number): number => LEFT + ((Math.log10(value) - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const atY = (value: number): number => TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM);
  const grid = Array.from({ length: GRID_LINES + 1 }, (_, index) => {
    const value = (most / GRID_LINES) * index;
    return `<path class="grid" d="M${LEFT} ${round(atY(value))}H${WIDTH - RIGHT}"/><text x="${LEFT - 6}" y="${round(atY(value) + 4)}" text-anchor="end">${Number(value.toPrecision(3))}</text>`;
  });
  const marks = x.map((value) => `<text x="${round(atX(value))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${value.toLocaleString("en")}</text>`);
  const lines = [theirs, ours].map((values, index) => {
    const kind = 1 - index;
    const points = values.map((value, place) => [round(atX(x[place] ?? 1)), round(atY(value))] as const);
    return `<path class="line l${kind}" d="M${points.map((point) => point.join(" ")).join("L")}"/>${points.map(([a, b]) => dot(a, b, kind)).join("")}`;
  });
  return `<g transform="translate(${left},${top})"><text x="${LEFT}" y="22" font-weight="600">${title}, ${unit}</text>${grid.join("")}${marks.join("")}<text x="${WIDTH - RIGHT}" y="${HEIGHT - 2}" text-anchor="end">${xName}</text>${lines.join("")}</g>`;
}

function dot(x: number, y: number, kind: number): string {
  return `<circle class="d${kind}" cx="${x}" cy="${y}" r="3.5"/>`;
}

/** The next number above that divides into four well. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-6)));
  return ([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
