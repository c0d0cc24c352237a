import type { LanguageService } from "./language/service.ts";
import { SyntaxService } from "./luau/syntax-service.ts";

/** The compiler, which also renames locals. */
export const syntaxService = new SyntaxService();

/** Whom the editor asks, in this order; for what only one may answer, the first that does. */
export const languageServices: readonly LanguageService[] = [syntaxService];
