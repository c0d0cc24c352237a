import { currentLocale, type Locale } from "./locale.ts";
import { localNumber } from "./numbers.ts";
import { perLocale } from "./per-locale.ts";

/** The forms that a language has of what is counted, in the order in which a message gives them. Only fractions take a fourth one in Russian. */
export const PLURAL_FORMS: Readonly<Record<Locale, readonly Intl.LDMLPluralRule[]>> = { en: ["one", "other"], ru: ["one", "few", "many"] };

/** Stands for the number in a form. */
const NUMBER = "#";

/** Stands between two forms. */
const BETWEEN_FORMS = "|";

const rule = perLocale((locale) => new Intl.PluralRules(locale));

/**
 * What is counted, in the form that goes with its number: `1 line` or `5 lines`; `1 строка`, `2 строки` or `5 строк`.
 *
 * @param count a whole number
 * @param forms a message without values, such as `# line|# lines`: one form for each of `PLURAL_FORMS` of its language
 */
export function counted(count: number, forms: string): string {
  const index = PLURAL_FORMS[currentLocale()].indexOf(rule().select(count));
  return (forms.split(BETWEEN_FORMS).at(index) ?? forms).replace(NUMBER, localNumber(count));
}
