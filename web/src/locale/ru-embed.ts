import { templates as page } from "./ru.ts";
import { templates as embed } from "./ru/embed.ts";

/** Everything that is said in Russian: `<zone-playground>` speaks with the page's texts and its own, which no page has to fetch. */
export const templates = { ...page, ...embed };
