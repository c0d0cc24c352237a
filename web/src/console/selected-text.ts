/** What browsers call the same thing; none has all of them. */
interface SelectionSource {
  /** Chromium's, of a shadow tree. */
  readonly getSelection?: () => Selection | null;
}

type ComposedSelection = Selection & { readonly getComposedRanges?: (options: { readonly shadowRoots: readonly ShadowRoot[] }) => readonly StaticRange[] };

/** What the reader has selected of a log of plain elements, as `LogMirror` makes them: its lines as they were printed, without what only screen readers get. */
export function selectedText(log: HTMLElement): string {
  const range = selectedRange(log);
  if (range === undefined || range.collapsed) return "";
  const lines: string[] = [];
  for (const line of log.children) if (range.intersectsNode(line)) lines.push(selectedOf(line, range));
  return lines.join("\n");
}

/** The selection where it is within the log's tree, whichever way the browser gives it. */
function selectedRange(log: HTMLElement): Range | undefined {
  const root = log.getRootNode();
  const selection = document.getSelection() as ComposedSelection | null;
  const [composed] = root instanceof ShadowRoot ? (selection?.getComposedRanges?.({ shadowRoots: [root] }) ?? []) : [];
  const ofRoot = (root as SelectionSource).getSelection?.() ?? selection;
  const found =
    composed !== undefined && log.contains(composed.startContainer) ? composed : ofRoot !== null && ofRoot.rangeCount > 0 ? ofRoot.getRangeAt(0) : undefined;
  if (found === undefined || !(log.contains(found.startContainer) || log.contains(found.endContainer))) return undefined;
  const range = document.createRange();
  range.setStart(found.startContainer, found.startOffset);
  range.setEnd(found.endContainer, found.endOffset);
  return range;
}

function selectedOf(line: Element, range: Range): string {
  const part = document.createRange();
  part.selectNodeContents(line);
  const hidden = line.querySelector(".visually-hidden");
  if (hidden !== null) part.setStartAfter(hidden);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
  return part.toString();
}
