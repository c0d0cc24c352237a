/** The dialogs, and what only they need. One chunk, fetched when the first of them is opened, or while the page is idle. */
import "../analysis/check-mode-dialog.ts";
import "../analysis/problems-dialog.ts";
import "../editor/references-dialog.ts";
import "../editor/rename-dialog.ts";
import "../examples/examples-dialog.ts";
import "../library/projects-dialog.ts";
import "../project/file-dialog.ts";
import "../reference/reference-dialog.ts";
import "../room/password-dialog.ts";
import "../room/room-panel.ts";
import "../share/share-dialog.ts";
import { templates } from "../locale/ru/dialogs.ts";
import { addRussianTexts } from "../locale/russian-texts.ts";
import "./shortcuts-dialog.ts";

addRussianTexts(templates);

export { exportProject } from "../library/export-project.ts";
