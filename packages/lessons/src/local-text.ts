/** The languages of every lesson, in the order in which faults are told. */
export const LANGUAGES = ["en", "ru"] as const;

export type Language = (typeof LANGUAGES)[number];

/** A text in both languages. */
export type LocalText = Readonly<Record<Language, string>>;
