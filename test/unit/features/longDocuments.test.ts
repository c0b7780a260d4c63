import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { cursorAt } from '../../../server/src/syntax/cursor/cursor.ts';
import { excerptLimit, placeholder } from '../../../server/src/syntax/cursor/writingPosition.ts';
import { completeAt, marker, request, type surroundings } from './support.ts';

type Where = typeof surroundings;

const { location: _, ...anywhere } = request;
const where: Where = anywhere;

function table(at: number, permissions = 1): unknown {
  return {
    table: at === 150 ? { schema: 'public', name: 'customer' } : { schema: 'sales', name: `t${at}` },
    select_permissions: Array.from({ length: permissions }, (_, role) => ({
      role: `role_${role}`,
      permission: { columns: ['id', 'name', 'email'], filter: { owner: { _eq: 'X-Hasura-User-Id' } } },
    })),
    remote_relationships: [
      {
        name: 'profile',
        definition: {
          to_remote_schema: {
            remote_schema: 'people',
            lhs_fields: ['person_id'],
            remote_field: { person: { arguments: { id: at === 150 ? 'CURSOR' : '$person_id' } } },
          },
        },
      },
    ],
  };
}

const metadata = (permissions: number) => ({
  version: 3,
  sources: [
    { name: 'other', kind: 'mssql', tables: [{ table: 'x' }], configuration: {} },
    {
      name: 'default',
      kind: 'postgres',
      tables: Array.from({ length: 300 }, (_, at) => table(at, at === 150 ? permissions : 1)),
      configuration: { connection_info: { database_url: { from_env: 'URL' } } },
    },
  ],
});

const shapes: readonly [string, 'yaml' | 'json', string][] = [
  ['block YAML', 'yaml', stringify(metadata(1)).replace('CURSOR', marker)],
  [
    'block YAML, lists not indented',
    'yaml',
    stringify(metadata(1), { indentSeq: false }).replace('CURSOR', marker),
  ],
  ['block YAML, a long entry', 'yaml', stringify(metadata(200)).replace('CURSOR', marker)],
  ['JSON', 'json', JSON.stringify(metadata(1), null, 2).replace('"CURSOR"', marker)],
  ['compact JSON', 'json', JSON.stringify(metadata(1)).replace('"CURSOR"', `"${marker}"`)],
  ['JSON, a long entry', 'json', JSON.stringify(metadata(200), null, 2).replace('"CURSOR"', `"$${marker}"`)],
  ['JSON as YAML', 'yaml', JSON.stringify(metadata(1), null, 2).replace('"CURSOR"', `"${marker}"`)],
];

describe('in a long document', () => {
  it.each(shapes)('%s: only what is around the place is read again', (_, language, marked) => {
    const offset = marked.indexOf(marker);
    const text = marked.replace(marker, '');
    expect(text.length).toBeGreaterThan(5 * excerptLimit);
    const cursor = cursorAt(text, language, offset);
    expect(cursor?.tree.text.length).toBeLessThan(3 * excerptLimit);
    expect(cursor?.node.value).toBe(placeholder);
  });

  it.each(shapes)('%s: the source and table of the entry are known', (_, language, marked) => {
    const completed = completeAt(marked, language, where);
    expect(completed.labels[0]).toBe('$person_id');
    expect(completed.labels).toContain('$email');
    const chosen = completed.choose('$email');
    expect(chosen).toMatch(/email/);
    const listed = /lhs_fields"?:\s*(?:\[[^\]]*email|- person_id\s+- email)/;
    expect(chosen).toMatch(listed);
  });
});
