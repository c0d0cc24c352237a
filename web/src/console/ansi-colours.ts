/** The sixteen named colours of ECMA-48 and its bright kin, in their order, as tokens of the page: readable on either ground. */
export const ANSI_TOKENS = {
  black: "--ink",
  red: "--failed",
  green: "--running",
  yellow: "--waiting",
  blue: "--code-function",
  magenta: "--code-keyword",
  cyan: "--code-type",
  white: "--ink-soft",
  brightBlack: "--ink-soft",
  brightRed: "--failed",
  brightGreen: "--accent-strong",
  brightYellow: "--waiting",
  brightBlue: "--code-number",
  brightMagenta: "--code-keyword",
  brightCyan: "--code-type",
  brightWhite: "--ink",
} as const;

const TOKENS = Object.values(ANSI_TOKENS);
/** Steps of red, green and blue in xterm's cube of 216 colours, which begins at 16. */
const CUBE_STEPS = [0, 95, 135, 175, 215, 255] as const;
const CUBE_BEGIN = 16;
/** Twenty-four greys follow it, from 8 in steps of 10. */
const GREYS_BEGIN = 232;

/** A colour of the palette of 256 as CSS has it; undefined for a number that is none. */
export function paletteColour(index: number): string | undefined {
  if (!Number.isInteger(index) || index < 0 || index > 255) return undefined;
  if (index < CUBE_BEGIN) return `var(${TOKENS[index]})`;
  if (index >= GREYS_BEGIN) return rgbColour(...grey(8 + (index - GREYS_BEGIN) * 10));
  const cell = index - CUBE_BEGIN;
  return rgbColour(CUBE_STEPS[Math.floor(cell / 36)] ?? 0, CUBE_STEPS[Math.floor(cell / 6) % 6] ?? 0, CUBE_STEPS[cell % 6] ?? 0);
}

/** A colour from its parts, 0 to 255; undefined where one is beyond. */
export function rgbColour(...parts: [number, number, number]): string | undefined {
  return parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255) ? `rgb(${parts.join(" ")})` : undefined;
}

function grey(level: number): [number, number, number] {
  return [level, level, level];
}
