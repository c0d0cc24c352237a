import { decodeShare, ShareError, shareTextOf } from "@playground/share";
import { preferredLocale } from "../locale/locale.ts";

/** Attributes of the element that the address of the frame may hold. */
const OPTIONS = ["lesson", "step", "programs", "theme", "room", "height", "loading", "src"] as const;

/** The page for frames, `/embed/?theme=dark#share=…`: one element that fills it. */
const options = new URLSearchParams(location.search);
const locale = preferredLocale(options.get("lang") ?? undefined, navigator.languages);
document.documentElement.lang = locale;
// The same file that pages elsewhere load: it is built apart.
const script = import.meta.env.DEV ? "/src/embed/zone-playground.ts" : "/embed/zone-playground.js";
await import(/* @vite-ignore */ script);
const element = document.createElement("zone-playground");
for (const name of OPTIONS) {
  const value = options.get(name);
  if (value !== null) element.setAttribute(name, value);
}
for (const name of ["read-only", "network"]) if (options.has(name)) element.setAttribute(name, "");
const text = shareTextOf(location.hash);
if (text !== undefined) {
  try {
    const project = decodeShare(text);
    element.setFiles(project.files);
    if (project.open !== undefined) element.openFile(project.open);
  } catch (error) {
    if (!(error instanceof ShareError)) throw error;
    element.showFault(error.message);
  }
}
document.body.append(element);
