import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  type DefinitionForm,
  readDefinition,
  sameDefinition,
} from '../../../common/src/metadataApi/document/definition.ts';
import {
  identityOf,
  relationshipPayloads,
} from '../../../server/src/features/clientRequests/relationshipPayloads.ts';
import { rewriteForms } from '../../../server/src/features/refactoring/definitionForms.ts';
import { languageOf, parse } from '../../../server/src/syntax/parse.ts';
import type { TextReplacement } from '../../../server/src/syntax/textRange.ts';
import { describeOutside } from '../../outside.ts';
import { contextOf, findingsIn, type Surroundings } from '../support/checkText.ts';
import { remoteSchemas, request, surroundings } from './support.ts';

const folder = fileURLToPath(new URL('../../fixtures/rewrites/forms', import.meta.url));
const files = readdirSync(folder).filter((name) => !/\.(?:unified|again)\./.test(name));

function applied(text: string, edits: readonly TextReplacement[]): string {
  return edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce(
      (result, edit) => result.slice(0, edit.offset) + edit.text + result.slice(edit.offset + edit.length),
      text,
    );
}

interface Document {
  readonly text: string;
  readonly file: string;
  readonly where?: Surroundings;
}

function contextOfFile({ text, file, where }: Document) {
  return contextOf(text, where ?? whereOf(file), languageOf(file) ?? 'yaml');
}

function whereOf(file: string): Surroundings {
  return file.startsWith('request') ? request : surroundings;
}

function written(document: Document, form: DefinitionForm): string {
  return applied(document.text, rewriteForms(contextOfFile(document), form));
}

/** What the relationships of a text mean, by owner and name. */
function meaning(document: Document) {
  const context = contextOfFile(document);
  const definitions = relationshipPayloads(context, {
    findings: [],
    positionAt: () => ({ line: 0, character: 0 }),
  }).map(({ definition }) => readDefinition(definition, () => 'postgres'));
  return context.model.relationships.map((relationship, index) => ({
    identity: identityOf(relationship),
    definition: definitions[index],
  }));
}

function expectSameMeaning(before: Document, after: Document): void {
  const [then, now] = [meaning(before), meaning(after)];
  expect(now.map(({ identity }) => identity)).toEqual(then.map(({ identity }) => identity));
  for (const [index, { definition }] of then.entries()) {
    const other = now[index]?.definition;
    if (definition === undefined || other === undefined) expect(other).toEqual(definition);
    else expect(sameDefinition(definition, other), after.text).toBe(true);
  }
}

function codesIn({ text, file, where }: Document): readonly string[] {
  return findingsIn(text, where ?? whereOf(file), languageOf(file) ?? 'yaml')
    .map(({ code }) => code)
    .toSorted();
}

describe('the form of definitions', () => {
  it.each(files)('%s', async (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const before = { text, file };
    const [base, extension] = file.split('.');
    const unified = { text: written(before, 'unified'), file };
    await expect(unified.text).toMatchFileSnapshot(join(folder, `${base}.unified.${extension}`));
    const legacy = { text: written(unified, 'legacy'), file };
    await expect(legacy.text).toMatchFileSnapshot(join(folder, `${base}.again.${extension}`));
    for (const after of [unified, legacy]) {
      expect(parse(after.text, languageOf(file) ?? 'yaml').problems).toEqual([]);
      expect(codesIn(after)).toEqual(codesIn(before));
      expectSameMeaning(before, after);
    }
    expect(unified.text).not.toContain('hasura_fields');
    expect(written(legacy, 'unified')).toBe(unified.text);
    const windows = { text: text.replaceAll('\n', '\r\n'), file };
    expect(written(windows, 'unified')).toBe(unified.text.replaceAll('\n', '\r\n'));
    const unifiedThere = { text: unified.text.replaceAll('\n', '\r\n'), file };
    expect(written(unifiedThere, 'legacy')).toBe(legacy.text.replaceAll('\n', '\r\n'));
  });
});

const oddComments = `table: { schema: public, name: customer }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
          remote_schema: >-
            people
        # further left than the keys
          lhs_fields: []
          remote_field:
            people: # all of them
              arguments: { where: {} }
`;

it('a comment further left than the keys stays a comment', () => {
  const before = { text: oddComments, file: 'table.yaml' };
  const after = { ...before, text: written(before, 'legacy') };
  expect(after.text).toContain('      # further left than the keys\n      hasura_fields: []\n');
  expectSameMeaning(before, after);
});

it('what is broken is left as it is', () => {
  const file = 'table.yaml';
  const broken = oddComments.replace('lhs_fields: []', 'lhs_fields: [').replace('        #', '          #');
  expect(written({ text: broken, file }, 'legacy')).toBe(broken);
  const elsewhere = `${oddComments}select_permissions: ]\n`;
  expect(written({ text: elsewhere, file }, 'legacy')).not.toBe(elsewhere);
});

/** From whichever form a file has, there and back: the same relationships, and nothing new to complain about. */
function keepTheirMeaning(root: string, { atLeast }: { readonly atLeast: number }): void {
  it('mean the same in either form, and back', () => {
    const names = globSync('**/*.{yaml,yml,json}', { cwd: root });
    let rewritten = 0;
    for (const name of names) {
      const file = { text: readFileSync(join(root, name), 'utf8'), file: name, where: {} };
      const context = contextOfFile(file);
      if (context.model.relationships.length === 0) continue;
      const there = { ...file, text: written(file, 'unified') };
      const back = { ...file, text: written(there, 'legacy') };
      const again = { ...file, text: written(back, 'unified') };
      if (there.text === file.text && back.text === there.text) continue;
      rewritten++;
      const codes = codesIn(file);
      for (const after of [there, back, again]) {
        expectSameMeaning(file, after);
        expect(codesIn(after), name).toEqual(codes);
      }
    }
    expect(rewritten).toBeGreaterThanOrEqual(atLeast);
  });
}

describe('the samples', () =>
  keepTheirMeaning(fileURLToPath(new URL('../../../samples', import.meta.url)), { atLeast: 2 }));

describeOutside('metadata of real projects', 'fixtures/real', (root) =>
  keepTheirMeaning(root, { atLeast: 5 }),
);

describe('is left alone', () => {
  const people = (inner: string) =>
    `table: customer\nremote_relationships:\n  - name: profile\n    definition:\n${inner.replaceAll(/^/gm, '      ')}\n`;
  const legacy = people('remote_schema: people\nhasura_fields: []\nremote_field: {a: {arguments: {}}}');
  const unified = people(
    'to_remote_schema:\n  remote_schema: people\n  lhs_fields: []\n  remote_field: {a: {arguments: {}}}',
  );
  it.each<[string, DefinitionForm, string, Surroundings?]>([
    ['what has the form already', 'unified', unified],
    ['what has the legacy form already', 'legacy', legacy],
    ['a definition without one of its keys', 'unified', people('remote_schema: people\nhasura_fields: []')],
    ['one with a key of the other form', 'unified', `${legacy}      to_source: {}\n`],
    ['one with a key beside it', 'legacy', `${unified}      comment: x\n`],
    ['one with a key inside', 'legacy', `${unified}        comment: x\n`],
    [
      'a definition behind an anchor that others use',
      'unified',
      `${legacy.replace('definition:', 'definition: &d')}  - name: other\n    definition: *d\n`,
    ],
    [
      'keys that come from elsewhere',
      'unified',
      legacy.replace('remote_schema: people', '<<: {remote_schema: people}'),
    ],
    ['what has an anchor', 'legacy', unified.replace('to_remote_schema:', 'to_remote_schema: &x')],
    ['a version that does not know the form', 'unified', legacy, { ...surroundings, serverVersion: '2.0.3' }],
    [
      'a relationship of a remote schema',
      'legacy',
      '- name: people\n  remote_relationships:\n    - type_name: Person\n      relationships:\n        - name: posts\n          definition:\n            to_remote_schema:\n              remote_schema: forum\n              lhs_fields: [id]\n              remote_field: {posts: {arguments: {author: $id}}}\n',
      remoteSchemas,
    ],
    [
      'a request for a remote schema’s relationship',
      'legacy',
      'type: create_remote_schema_remote_relationship\nargs:\n  remote_schema: people\n  type_name: Person\n  name: posts\n  definition:\n    to_remote_schema:\n      remote_schema: forum\n      lhs_fields: [id]\n      remote_field: {posts: {arguments: {author: $id}}}\n',
      request,
    ],
    [
      'a relationship to a source',
      'legacy',
      people('to_source: {source: s, table: t, relationship_type: array, field_mapping: {}}'),
    ],
    ['half a definition', 'legacy', people('to_remote_schema:\n  remote_schema: people\n  lhs_fields:')],
  ])('%s', (_, form, text, where) => {
    const file = where === undefined ? { text, file: 'a.yaml' } : { text, file: 'a.yaml', where };
    expect(written(file, form)).toBe(text);
  });
});
