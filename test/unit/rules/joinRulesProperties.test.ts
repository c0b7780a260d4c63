import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parse } from '../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { applyFix, findingsIn, type Surroundings } from '../support/checkText.ts';
import { surroundings } from './joinFixtures.ts';

const location: Surroundings = { ...surroundings, location: { source: 'default' } };

const scalar = fc.oneof(
  fc.constantFrom(
    '$id',
    '$email',
    '$age',
    '$persn_id',
    '$full_name',
    'FRIEND',
    'text',
    'age',
    '5',
    'true',
    '',
  ),
  fc.constantFrom(1, 1.5, -2, true, false, null),
);
const name = fc.constantFrom(
  'where',
  '_or',
  'id',
  '_eq',
  '_in',
  'ids',
  'name',
  'kind',
  'limit',
  'nam',
  'tags',
  'matrix',
);
const { value } = fc.letrec<{ value: unknown; list: unknown; object: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, depthSize: 'small' }, scalar, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 2 }),
  object: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
}));
const argumentsOf = fc.dictionary(name, value, { maxKeys: 4 });
const field = fc.constantFrom(
  'people',
  'person',
  'peopleIn',
  'create',
  'hello',
  'nameOf',
  'search',
  'pepole',
);
const listed = fc.uniqueArray(fc.constantFrom('id', 'email', 'age', 'persn_id', 'odd-name'), {
  maxLength: 3,
});
const definition = fc
  .record({ listed, first: field, given: argumentsOf, below: fc.option(fc.tuple(field, argumentsOf)) })
  .map(({ listed, first, given, below }) => ({
    table: 'customer',
    remote_relationships: [
      {
        name: 'profile',
        definition: {
          to_remote_schema: {
            remote_schema: 'people',
            lhs_fields: listed,
            remote_field: {
              [first]: {
                arguments: given,
                ...(below === null ? {} : { field: { [below[0]]: { arguments: below[1] } } }),
              },
            },
          },
        },
      },
    ],
  }));

const writings: readonly [string, SyntaxLanguage, (data: unknown) => string][] = [
  ['YAML over lines', 'yaml', (data) => stringify(data, { aliasDuplicateObjects: false })],
  [
    'YAML in one line',
    'yaml',
    (data) => stringify(data, { collectionStyle: 'flow', lineWidth: 0, aliasDuplicateObjects: false }),
  ],
  ['JSON over lines', 'json', (data) => JSON.stringify(data, null, 2)],
  ['JSON in one line', 'json', (data) => JSON.stringify(data)],
];

/** How often the same thing is said. A fix may bring to light what was hidden, but in other words. */
const count = (text: string, language: SyntaxLanguage, message: string) =>
  findingsIn(text, location, language).filter((finding) => finding.message === message).length;

describe('any definition', () => {
  it('means the same however it is written', () => {
    fc.assert(
      fc.property(definition, (data) => {
        const told = writings.map(([, language, write]) =>
          findingsIn(write(data), location, language)
            .map(({ code, message, severity }) => `${severity} ${code}: ${message}`)
            .toSorted(),
        );
        for (const other of told) expect(other).toEqual(told[0]);
      }),
      { numRuns: 80 },
    );
  }, 30_000);

  it.each(writings)(
    'in %s: ranges lie in the text, and a fix mends what it is for',
    (_, language, write) => {
      fc.assert(
        fc.property(definition, (data) => {
          const text = write(data);
          for (const finding of findingsIn(text, location, language)) {
            expect(finding.offset + finding.length).toBeLessThanOrEqual(text.length);
            for (const fix of finding.fixes) {
              const after = applyFix(text, fix);
              const shown = `${finding.code}: ${fix.title}\n${text}\n→\n${after}`;
              expect(parse(after, language).problems, shown).toEqual([]);
              expect(count(after, language, finding.message), shown).toBeLessThan(
                count(text, language, finding.message),
              );
            }
          }
        }),
        { numRuns: 80 },
      );
    },
    30_000,
  );
});
