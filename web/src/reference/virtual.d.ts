/** Modules that `web/build/reference-plugin.ts` makes while the page is built. */
declare module "virtual:content/reference-*" {
  const content: import("./content.ts").ReferenceContent;
  export default content;
}
