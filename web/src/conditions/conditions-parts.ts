/** `<zp-time-bar>`, `<zp-conditions-panel>`, `<zp-conditions-dialog>` and their texts: fetched when the reader takes time in hand. */
import { templates } from "../locale/ru/conditions.ts";
import { addRussianTexts } from "../locale/russian-texts.ts";
import "./conditions-dialog.ts";
import "./conditions-panel.ts";
import "./time-bar.ts";

addRussianTexts(templates);
