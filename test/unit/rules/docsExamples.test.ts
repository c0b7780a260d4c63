import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../server/src/rules/list.ts';
import { findingsIn, type Surroundings } from '../support/checkText.ts';

/** What the examples are about. */
const shop: Surroundings = {
  sources: {
    default: { tables: [{ table: 'customer' }] },
    shop: {
      tables: [
        {
          table: 'customer',
          columns: { id: 'int4!', person_id: 'uuid', email: 'text', 'person-id': 'uuid' },
        },
        { table: 'order', columns: { id: 'int4!', cust_id: 'int4', person_id: 'uuid' } },
        { table: '2024_sales', columns: { id: 'int4!', person_id: 'uuid' } },
        { table: { schema: 'crm', name: 'leads' }, columns: { id: 'int4!' } },
        { table: 'crm_leads', columns: { id: 'int4!' } },
      ],
    },
    crm: { kind: 'mssql' },
  },
  remoteSchemas: {
    people:
      'type Query { person(id: ID, where: Filter): Person me: Person company: Person } input Filter { id: Match name: Match } input Match { _eq: ID } type Person { id: ID! orders: [Int] }',
  },
};

/** The examples of pages that need no knowledge, or only that above. */
const shown = rules
  .filter(({ needs }) => needs === 'document')
  .map(({ code }) => code)
  .concat(
    'overridden-duplicate',
    'remote-schema-customization',
    'remote-schema-permission',
    'inconsistent-remote-schema',
    'name-conflict',
    'name-conflicts-with-column',
    'name-conflicts-with-custom-name',
    'shadowed-field',
    'lhs-name',
    'wrong-dialect',
    'untracked-table',
    'inconsistent-table',
    'table-graphql-name',
    'dropped-computed-field',
    'input-type-conflict',
  );

interface Example {
  readonly text: string;
  readonly language: 'yaml' | 'json';
}

function example(code: string, heading: string): Example | undefined {
  const page = readFileSync(`docs/rules/${code}.md`, 'utf8');
  const match = new RegExp(`^## ${heading}\\n+\`\`\`(yaml|json)\\n([^]*?)\`\`\``, 'm').exec(page);
  if (match === null) return undefined;
  return { text: whole(match[2] ?? ''), language: match[1] === 'json' ? 'json' : 'yaml' };
}

/** Examples show a part of a file: the list of relationships of a table, the entry of a table, the types of a schema. */
function whole(part: string): string {
  const inside = (head: string, indent: number) => head + part.replaceAll(/^(?=.)/gm, ' '.repeat(indent));
  const first = part.replaceAll(/^#.*\n/gm, '');
  if (first.startsWith('- type_name'))
    return inside('- name: people\n  definition: { url: u }\n  remote_relationships:\n', 4);
  const table = '- name: shop\n  kind: postgres\n  configuration: {}\n  tables:\n';
  if (first.startsWith('table:')) return `${table}    -\n${part.replaceAll(/^(?=.)/gm, '      ')}`;
  if (first.startsWith('- table:')) return `${table}${part.replaceAll(/^(?=.)/gm, '    ')}`;
  if (first.startsWith('- name:') && !part.includes('url:')) {
    return inside(
      `${table}    - table: { schema: public, name: customer }\n      remote_relationships:\n`,
      8,
    );
  }
  return part;
}

function codesIn({ text, language }: Example, code: string, surroundings: Surroundings): string[] {
  const metadata = /^\s*(\{\s*"type"|type:|#.*\ntype:)/.test(text) ? {} : { files: {} };
  return findingsIn(text, { ...shop, ...metadata, complete: false, ...surroundings }, language)
    .map((finding) => finding.code)
    .filter((found) => found === code);
}

describe('the examples of the docs', () => {
  it.each(shown)('%s: the wrong one is reported, the right one is not', (code) => {
    const wrong = example(code, 'Wrong');
    const right = example(code, 'Right');
    if (wrong === undefined || right === undefined) throw new Error(`docs/rules/${code}.md lacks an example`);
    const old = code === 'unsupported-by-server-version';
    expect(codesIn(wrong, code, old ? { serverVersion: '2.5' } : {}), wrong.text).not.toEqual([]);
    expect(codesIn(right, code, old ? { serverVersion: '2.6' } : {}), right.text).toEqual([]);
  });
});
