import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TableName } from '../../../server/src/schema/tableName.ts';
import type { SyntaxLanguage } from '../../../server/src/syntax/tree.ts';
import { describeOutside, outside } from '../../outside.ts';
import { contextOf, findingsIn, type Surroundings, type TableFixture } from '../support/checkText.ts';

/**
 * Definitions the engine's own test suite accepts or refuses, and pairs of real definitions with the remote schema they
 * join to.
 */
const read = (path: string) => readFileSync(outside(`fixtures/${path}`), 'utf8');
const readJson = <T>(path: string): T => JSON.parse(read(path)) as T;

const codeOfRule: Readonly<Record<string, string>> = {
  R11: 'unknown-lhs-field',
  R14: 'unknown-remote-schema',
  R15: 'unknown-remote-field',
  R17: 'unknown-argument',
  R18: 'unlisted-variable',
};

interface Expectation {
  readonly file: string;
  readonly verdict: 'valid' | 'invalid';
  readonly rule?: string;
}

interface SnapshotEntry {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly computedFields?: readonly {
    readonly name: string;
    readonly type: string;
    readonly scalar: boolean;
    readonly arguments: readonly string[];
  }[];
}

interface Pair {
  readonly file: string;
  readonly relationship: string;
  readonly remoteSchema: string;
  readonly sdl: string;
  readonly columns: Readonly<Record<string, string>> | null;
}

function tableFixture({ schema, name, columns, computedFields }: SnapshotEntry): TableFixture {
  return {
    table: { schema, name },
    columns: Object.fromEntries(columns.map((column) => [column.name, column.type])),
    computedFields: (computedFields ?? []).map((field) => ({ ...field, arguments: field.arguments.length })),
  };
}

function engineSurroundings(): Surroundings {
  const tables = readJson<SnapshotEntry[]>('engine/schema/default.tables.json');
  return {
    sources: { default: { kind: 'postgres', tables: tables.map(tableFixture) } },
    remoteSchemas: { 'my-remote-schema': read('engine/schema/my-remote-schema.graphql') },
  };
}

describeOutside('definitions from outside', 'fixtures/engine/expected.json', () => {
  describe('definitions of the engine’s test suite', () => {
    it.each(readJson<Expectation[]>('engine/expected.json'))(
      '$file is $verdict',
      ({ file, verdict, rule }) => {
        const text = read(`engine/${file}`);
        const errors = findingsIn(text, engineSurroundings()).filter(({ severity }) => severity === 'error');
        const told = errors.map(
          ({ code, offset, length }) => `${code}: ${text.slice(offset, offset + length)}`,
        );
        if (verdict === 'valid') {
          expect(told).toEqual([]);
          return;
        }
        const code = codeOfRule[rule ?? ''];
        // What these definitions get wrong has "wrong" in its name.
        expect(told).toContainEqual(expect.stringMatching(new RegExp(`^${code}: .*wrong$`)));
        const refused = errors.find((finding) => finding.code === code);
        expect(refused?.serverMessage).toMatch(
          /^Inconsistent object: in table "custom\.profiles": in remote relationship "message": /,
        );
      },
    );
  });

  describe('real definitions with the remote schema they join to', () => {
    it.each(readJson<Pair[]>('pairs/pairs.json'))('$file: $relationship', (pair) => {
      const text = read(pair.file);
      const language: SyntaxLanguage = pair.file.endsWith('.json') ? 'json' : 'yaml';
      const location = { source: 'default' };
      const { relationships } = contextOf(text, { location }, language).model;
      const relationship = relationships.find(
        ({ name }) => name.state === 'present' && name.value === pair.relationship,
      );
      expect(relationship).toBeDefined();
      const owner = relationship?.owner;
      const columns = pair.columns;
      const table =
        owner?.kind === 'table' && owner.table.state === 'present' && columns !== null
          ? fixtureOf(owner.table.value, columns)
          : undefined;
      const source = owner?.kind === 'table' ? owner.source?.name : undefined;
      const findings = findingsIn(
        text,
        {
          location,
          remoteSchemas: { [pair.remoteSchema]: read(pair.sdl) },
          ...(table && source ? { sources: { [source]: { tables: [table] } } } : {}),
        },
        language,
      );
      const errors = findings.filter((finding) => finding.relationship === pair.relationship);
      expect(errors.filter(({ severity }) => severity === 'error')).toEqual([]);
    });
  });
});

function fixtureOf(name: TableName, columns: Readonly<Record<string, string>>): TableFixture {
  const table = name.schema === undefined ? name.name : { schema: name.schema, name: name.name };
  return { table, columns };
}
