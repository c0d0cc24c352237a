/** Lines of one block of the source below. */
const BLOCK_LINES = 11;

/**
 * A file of about so many lines as people write them: functions with annotations, tables, loops, calls of the API. Its only
 * mistake is one wrong type at the end. `edit` changes a number in the middle; `offset` is behind the dot of a field.
 */
export function sourceOf(lines: number, edit: number): { readonly source: string; readonly offset: number } {
  const source = `${blocksOf(lines, edit)}local last = { total = 1, name = "end" }\nlocal wrong: number = last.`;
  return { source: `${source}name\nprint(wrong)\n`, offset: source.length };
}

/** The same without the end, and without a mistake. */
export function blocksOf(lines: number, edit?: number): string {
  const blocks = Math.max(1, Math.floor(lines / BLOCK_LINES));
  // Luau has at most 200 locals in a function, so each stands in a block of its own.
  return Array.from({ length: blocks }, (_, i) => block(i, edit !== undefined && i === blocks >> 1 ? edit : i)).join("");
}

function block(index: number, number: number): string {
  return `do
	local function work(count: number, name: string, connection: NetConnection): string
		local t = { x = count, y = name, list = { 1, 2, ${number} } }
		for i, v in t.list do
			t.x += v * i
		end
		connection:send(zone.byteStream.fromString(t.y))
		return string.rep(t.y, t.x) .. tostring(count + ${index})
	end
	print(work)
end
`;
}
