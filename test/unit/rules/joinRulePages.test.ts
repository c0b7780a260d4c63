import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../../server/src/rules/list.ts';
import { findingsIn, type Surroundings } from '../support/checkText.ts';
import { indented } from './joinFixtures.ts';

/** The pages of the rules about joins: their examples are checked, and the server's words are those of the findings. */
const codes = rules
  .slice(rules.findIndex(({ code }) => code === 'unknown-lhs-field'))
  .map(({ code }) => code);

const people = `
type Query {
  person(id: ID!, locale: String): Person
  user(id: ID!): Person @deprecated(reason: "Use person.")
  personByAge(age: Int): Person
  people(where: person_bool_exp, limit: Int): [Person!]
  peopleByIds(ids: [ID!]): [Person!]
  payments(person: ID, type: PaymentType): [Payment]
  search(text: String): SearchResult
}
interface Node { id: ID! }
type Person implements Node { id: ID! address(kind: String): Address }
type Address { city: String }
type Payment { id: ID }
union SearchResult = Person | Payment
enum PaymentType { CARD CASH }
input person_bool_exp { _or: [person_bool_exp!] id: id_comparison }
input id_comparison { _eq: ID }
`;

const surroundings: Surroundings = {
  location: { source: 'default' },
  sources: {
    default: {
      tables: [
        {
          table: 'customer',
          columns: { id: 'uuid!', person_id: 'text', email: 'text', age: 'integer', 'person-id': 'text' },
        },
      ],
    },
    shop: { tables: [{ table: 'order', columns: { person_id: 'uuid!' } }] },
    helpdesk: {
      tables: [
        {
          table: 'ticket',
          columns: { id: 'integer!', customer_id: 'uuid', customer_no: 'integer', status: 'text' },
          foreignKeys: [{ columns: ['status'], table: 'ticket_status' }],
        },
        { table: 'ticket_status', columns: { value: 'text!' }, isEnum: true },
      ],
    },
    legacy: { kind: 'mysql' },
    mongo: {
      kind: 'mongo',
      tables: [{ table: ['ticket'], columns: { customer_id: 'string', address: 'object' } }],
    },
  },
  remoteSchemas: { people },
};

const versions: Readonly<Record<string, string>> = {
  'unsupported-target': '2.25.0',
  'variable-type': '2.1.1',
};

function section(page: string, title: string): string | undefined {
  const body = page.split(`## ${title}\n`)[1]?.split('\n## ')[0];
  return body === undefined ? undefined : /```yaml\n([\s\S]*?)```/.exec(body)?.[1];
}

function check(code: string, example: string) {
  // The examples are relationships of a table, or a list of remote schemas.
  const ofTable = !example.includes('type_name:');
  const text = ofTable ? `table: customer\nremote_relationships:\n${indented(example, 2)}\n` : example;
  const serverVersion = versions[code];
  return findingsIn(text, {
    ...surroundings,
    ...(ofTable ? {} : { files: {} }),
    ...(serverVersion === undefined ? {} : { serverVersion }),
  });
}

describe.each(codes)('docs/rules/%s.md', (code) => {
  const page = readFileSync(new URL(`../../../docs/rules/${code}.md`, import.meta.url), 'utf8');
  const rule = rules.find((other) => other.code === code);
  const serverTexts = /```text\n([\s\S]*?)```/.exec(page)?.[1]?.trimEnd().split('\n') ?? [];

  it('is about the rule', () => {
    expect(page.startsWith(`# ${code}\n`)).toBe(true);
    expect(page).toContain(`Severity: ${rule?.severity}`);
    for (const number of rule?.specification.filter((name) => name.startsWith('R')) ?? []) {
      expect(page).toMatch(new RegExp(`\\b${number}\\b`));
    }
    expect(page).toContain(`# remote-relationships-ignore-next-line ${code}`);
  });

  it('is wrong where it says so, in the server’s words', () => {
    const found = check(code, section(page, 'Wrong') ?? '').filter((finding) => finding.code === code);
    expect(found.length).toBeGreaterThan(0);
    for (const { serverMessage } of found) {
      if (serverTexts.length === 0) expect(serverMessage).toBeUndefined();
      else if (serverMessage !== undefined) expect(serverTexts).toContain(serverMessage);
    }
  });

  const right = section(page, 'Right');
  if (right === undefined) return;
  it('is right where it says so', () => {
    const found = check(code, right);
    expect(found.filter((finding) => finding.code === code || finding.severity === 'error')).toEqual([]);
  });
});
