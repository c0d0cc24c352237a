import { newStoredProject, type StoredProject } from "../library/stored-project.ts";
import { currentLocale } from "../locale/locale.ts";
import { NEW_PROJECT_SETTINGS } from "../project/project-settings.ts";
import type { Example } from "./examples.ts";

/** What an example needs of the page that it is opened in. */
export interface ExamplesPage {
  /** Shows another project in the place of the open one, which is saved. @throws when it cannot be saved: then it stays */
  openProject(stored: StoredProject): Promise<void>;
}

/** Shows an example as a new project, in the reader's language; what was open before stays as it is. Rejects when the sources cannot be fetched. */
export async function openExample(page: ExamplesPage, example: Example): Promise<void> {
  const { exampleSource } = await import("./example-sources.ts");
  const files = example.files.map(({ name, isProgram }) => ({ name, isProgram, source: exampleSource(example.id, currentLocale(), name) }));
  await page.openProject(newStoredProject({ title: example.title(), files, settings: NEW_PROJECT_SETTINGS }));
}
