import { describe, expect, it } from 'vitest';
import { findingsIn } from '../support/checkText.ts';
import { people, toRemoteSchema } from './joinFixtures.ts';
import { location } from './support/joins.ts';

describe('related places', () => {
  const locationsOf = (field: string, code: string) =>
    findingsIn(toRemoteSchema('[id]', field), location)
      .filter((finding) => finding.code === code)
      .flatMap(({ related }) => related)
      .map(({ message, location: { uri, offset, length } }) => [
        uri.split('/').at(-1),
        people.slice(offset, offset + length),
        message,
      ]);

  it.each([
    ['unknown-remote-field', 'persn: { arguments: { id: $id } }', 'Query', 'Type "Query" is declared here.'],
    [
      'unknown-argument',
      'kindOf: { arguments: { id: $id, kid: 1 } }',
      'kindOf',
      'Remote field "kindOf" is declared here.',
    ],
    [
      'unknown-argument',
      'people: { arguments: { where: { x: $id } } }',
      'PersonFilter',
      'Input object "PersonFilter" is declared here.',
    ],
    [
      'literal-type',
      'people: { arguments: { ids: [$id], limit: many } }',
      'limit',
      'Argument "limit" of type Int is declared here.',
    ],
    [
      'selection-below-non-object',
      'search: { arguments: { text: $id }, field: { a: { arguments: {} } } }',
      'SearchResult',
      '"SearchResult" is declared here.',
    ],
  ])('%s: %s', (code, field, text, message) => {
    expect(locationsOf(field, code)).toEqual([['people.graphql', text, message]]);
  });
});
