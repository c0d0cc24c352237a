/** Lines of the file that is typed into. */
export const LONG_LINES = 5_000;

/** Luau as it is written, in 5,000 lines. */
export function longSource(): string {
  const lines: string[] = [];
  for (let index = 0; lines.length < LONG_LINES; index++) lines.push("do", ...block(index).split("\n"), "end");
  return `${lines.slice(0, LONG_LINES - 1).join("\n")}\nlocal = 1\n`;
}

/** One function of that file. */
function block(index: number): string {
  return `
--- Says how many there are. ${index}
local function count${index}(list: { [string]: number }, least: number?): number
	local total = 0
	for name, value in list do
		if value >= (least or 0) then total += value else print(\`{name} has {value}\`) end
	end
	return total
end`;
}
