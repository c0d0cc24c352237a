import type { Playground } from "../app/playground.ts";
import { newStoredProject } from "../library/stored-project.ts";
import { currentLocale } from "../locale/locale.ts";
import type { Example } from "./examples.ts";

/** Shows an example as a new project, in the reader's language; what was open before stays as it is. Rejects when the sources cannot be fetched. */
export async function openExample(playground: Playground, example: Example): Promise<void> {
  const { exampleSource } = await import("./example-sources.ts");
  const files = example.files.map(({ name, isProgram }) => ({ name, isProgram, source: exampleSource(example.id, currentLocale(), name) }));
  await playground.openProject(newStoredProject({ title: example.title(), files }));
}
