/** Texts in another language by their English ones, in which `{0}`, `{1}` … are what is filled in. */
export type Translation = Readonly<Record<string, string>>;

let translation: Translation = {};

/** From now on texts are in this language, and in English where it has none. */
export function setTranslation(to: Translation | undefined): void {
  translation = to ?? {};
}

/**
 * A text that a person reads, as a tag: localized`Nothing is known of ${name}.` It is translated by its English text,
 * `Nothing is known of {0}.`; `scripts/texts.ts` lists all of them.
 */
export function localized(parts: readonly string[], ...values: readonly (string | number)[]): string {
  const english = parts.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`)).join('');
  const text = Object.hasOwn(translation, english) ? translation[english] : undefined;
  return (text ?? english).replaceAll(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place));
}
