import { describe, expect, it } from 'vitest';
import { manifestTexts, shownManifest, writtenManifest } from '../../../scripts/manifest.ts';

/** Where VS Code shows text, by the last key or, of a list, the last but one. */
const shown =
  /^(?:title|shortTitle|category|label|displayName|name|contextualTitle|contents|description|markdownDescription|enumDescriptions|markdownEnumDescriptions|enumItemLabels|patternErrorMessage|errorMessage|deprecationMessage|markdownDeprecationMessage|altText|markdown|aliases|userDescription|tooltip)$/;

/** Names of things, and what is said to language models alone. */
const notShown =
  /^(?:name|description|contributes\.(?:problemPatterns\.\d+\.name|problemMatchers\.\d+\.name|languageModelTools\.\d+\.(?:name|inputSchema\..*)))$/;

/** Every place of the manifest where text is shown, and what stands there. */
function shownIn(value: unknown, keys: readonly string[] = []): readonly (readonly [string, string])[] {
  if (typeof value === 'string') {
    const place = keys.join('.');
    const key = keys.findLast((each) => !/^\d+$/.test(each)) ?? '';
    return shown.test(key) && !notShown.test(place) ? [[place, value]] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => shownIn(inner, [...keys, key]));
}

/** Only these parts of the manifest are VS Code's business. */
function parts(manifest: Readonly<Record<string, unknown>>) {
  const { name, displayName, description, capabilities, contributes } = manifest;
  return { name, displayName, description, capabilities, contributes };
}

describe('the texts of the manifest', () => {
  const places = shownIn(parts(writtenManifest()));

  it('stand in package.nls.json, so that a translation needs no code', () => {
    expect(places.length).toBeGreaterThan(200);
    expect(places.filter(([, text]) => !/^%[\w.-]+%$/.test(text))).toEqual([]);
  });

  it('are all there, and all used', () => {
    const used = new Set(JSON.stringify(writtenManifest()).match(/(?<="%)[\w.-]+(?=%")/g));
    expect([...used].sort()).toEqual(Object.keys(manifestTexts).sort());
  });

  it('come from a translation, whole', () => {
    const foreign = Object.fromEntries(
      Object.entries(manifestTexts).map(([key, text]) => [key, `«${text}»`]),
    );
    const inForeign = shownIn(parts(shownManifest(foreign)));
    expect(inForeign).toHaveLength(places.length);
    expect(inForeign.filter(([, text]) => !/^«[\s\S]+»$/.test(text))).toEqual([]);
  });

  it('are read where a sentence stands in the place of a key', () => {
    const added = { contributes: { commands: [{ command: 'a', title: 'A Title' }] } };
    expect(shownIn(added)).toEqual([['contributes.commands.0.title', 'A Title']]);
  });

  it('are no text of which a key was forgotten', () => {
    // Whatever has a blank and no key is looked at: a new kind of place may show text.
    const prose: string[] = [];
    JSON.stringify(writtenManifest().contributes, (key, value: unknown) => {
      const isCode = /^(?:when|regexp|pattern|fileMatch|modelDescription|description|enablement)$/.test(key);
      if (typeof value === 'string' && value.includes(' ') && !isCode) prose.push(value);
      return key === 'keybindings' ? undefined : value;
    });
    expect(prose).toEqual([]);
  });
});
