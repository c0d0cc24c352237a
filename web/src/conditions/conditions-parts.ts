/** `<zp-network-time>`, `<zp-conditions-dialog>` and their texts: fetched when the reader takes time in hand. */
import { templates } from "../locale/ru/conditions.ts";
import { addRussianTexts } from "../locale/russian-texts.ts";
import "./conditions-dialog.ts";
import "./network-time.ts";

addRussianTexts(templates);
