import type { Locale } from "../locale/locale.ts";
import type { ProjectFile } from "./project.ts";
import clientEn from "./starter/client.en.luau?raw";
import clientRu from "./starter/client.ru.luau?raw";
import serverEn from "./starter/server.en.luau?raw";
import serverRu from "./starter/server.ru.luau?raw";

const SOURCES: Readonly<Record<Locale, { readonly server: string; readonly client: string }>> = {
  en: { server: serverEn, client: clientEn },
  ru: { server: serverRu, client: clientRu },
};

/** The project of a first visit: a chat server and a client that talk to each other. */
export function starterProject(locale: Locale): ProjectFile[] {
  const { server, client } = SOURCES[locale];
  return [
    { name: "server.luau", source: server, isProgram: true },
    { name: "client.luau", source: client, isProgram: true },
  ];
}

/** Whether every file is still as one of the starters has it: then a switch of language may bring the other. */
export function isUntouchedStarter(files: readonly ProjectFile[]): boolean {
  return (["en", "ru"] as const).some((locale) => {
    const starter = starterProject(locale);
    return (
      files.length === starter.length &&
      starter.every((file, index) => {
        const other = files[index];
        return other?.name === file.name && other.source === file.source && other.isProgram === file.isProgram;
      })
    );
  });
}
