/**
 * Opens a link that is still being made in a tab of its own: the tab at once, since a browser lets a page open one only while it answers
 * the reader's click. Gives the link where the browser lets none open, as in a sandboxed frame. Rejects with what `makeLink` does.
 */
export async function openInTab(makeLink: () => Promise<string>): Promise<string | undefined> {
  const tab = window.open("", "_blank");
  try {
    const link = await makeLink();
    if (tab === null) return link;
    // The tab is the bridge's, which has no business with this page.
    tab.opener = null;
    tab.location.replace(link);
    return undefined;
  } catch (error) {
    tab?.close();
    throw error;
  }
}
