import type { ReferenceTopic } from "./content.ts";

/** What is shown at once: an introduction and the entries that follow it. A chapter's own entries are its first section. */
export interface ReferenceSection {
  /** Of its introduction. */
  readonly id: string;
  readonly title: string;
  /** The chapter that it lies in; absent for a chapter. */
  readonly chapter?: string;
  /** The introduction, then the entries. */
  readonly topics: readonly ReferenceTopic[];
}

/** The reference in sections, each of which can be read by itself. */
export function sectionsOf(topics: readonly ReferenceTopic[]): ReferenceSection[] {
  const sections: { id: string; title: string; chapter?: string; topics: ReferenceTopic[] }[] = [];
  let chapter = "";
  for (const topic of topics) {
    const { id, depth, title, names } = topic;
    if (depth === 1) chapter = title;
    if (names.length > 0) sections.at(-1)?.topics.push(topic);
    else sections.push({ id, title, ...(depth > 1 && { chapter }), topics: [topic] });
  }
  return sections;
}
