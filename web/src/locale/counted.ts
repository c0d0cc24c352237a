import { currentLocale, type Locale } from "./locale.ts";
import { localNumber } from "./numbers.ts";

/** The forms that a language has of what is counted, in the order in which a message gives them. Only fractions take a fourth one in Russian. */
export const PLURAL_FORMS: Readonly<Record<Locale, readonly Intl.LDMLPluralRule[]>> = { en: ["one", "other"], ru: ["one", "few", "many"] };

/** Stands for the number in a form. */
const NUMBER = "#";

/** Stands between two forms. */
const BETWEEN_FORMS = "|";

/** Making one takes longer than many uses of it. */
const rules = new Map<Locale, Intl.PluralRules>();

/**
 * What is counted, in the form that goes with its number: `1 line` or `5 lines`; `1 строка`, `2 строки` or `5 строк`.
 *
 * @param count a whole number
 * @param forms a message without values, such as `# line|# lines`: one form for each of `PLURAL_FORMS` of its language
 */
export function counted(count: number, forms: string): string {
  const locale = currentLocale();
  let rule = rules.get(locale);
  if (rule === undefined) {
    rule = new Intl.PluralRules(locale);
    rules.set(locale, rule);
  }
  const index = PLURAL_FORMS[locale].indexOf(rule.select(count));
  return (forms.split(BETWEEN_FORMS).at(index) ?? forms).replace(NUMBER, localNumber(count));
}
