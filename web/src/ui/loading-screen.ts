/** Takes away what the page's HTML shows until something is drawn. To be called in the same turn as that is put into the document. */
export function endLoadingScreen(): void {
  document.querySelector("#loading")?.remove();
}
