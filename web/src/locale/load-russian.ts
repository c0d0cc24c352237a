import type { LocaleModule } from "@lit/localize";
import { addRussianTexts } from "./russian-texts.ts";

/** Fetches the Russian texts, or gives those that are here already. Rejects when they cannot be had. */
export const loadRussian = async (): Promise<LocaleModule> => addRussianTexts((await import("./ru.ts")).templates);
