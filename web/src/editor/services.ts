import { SyntaxService } from "./luau/syntax-service.ts";

export { fetchSyntaxWorker } from "./luau/syntax-service.ts";

/** The compiler, which also renames locals; one for the page. */
export const syntaxService = new SyntaxService();
