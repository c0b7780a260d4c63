import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type { DocumentRole } from '../../../server/src/metadata/relationship.ts';
import { languageOf, parse } from '../../../server/src/syntax/parse.ts';
import { describeOutside } from '../../outside.ts';
import { told } from './support.ts';

describe('the samples', () =>
  areUnderstood(join(import.meta.dirname, '../../../samples'), ['**/*.{yaml,json}']));

/** Projects as found in public repositories. */
describeOutside('projects of the real world', 'fixtures', (fixtures) =>
  areUnderstood(fixtures, ['real/**/*.{yaml,json}', 'engine/requests/*.yaml']),
);

/** By place, which the reader does not look at: what a file must be taken for. Empty lists and versions say nothing. */
function expectedRole(file: string, text: string): DocumentRole | undefined {
  const name = basename(file);
  if (/^\s*(?:\[\])?\s*$/.test(text)) return 'none';
  if (
    file.startsWith('engine/') ||
    file.startsWith('requests/') ||
    (file.includes('/migrations/') && name === 'up.yaml')
  )
    return 'request';
  if (/^(?:hasura_)?metadata[.](?:yaml|json)$/.test(name)) return 'metadata';
  if (name === 'actions.yaml') return /\bremote_table:/.test(text) ? 'actions' : 'none';
  if (name === 'databases.yaml' || name === 'sources.yaml') return 'sources';
  if (name === 'tables.yaml') return 'tables';
  if (file.includes('/tables/')) return 'table';
  if (name === 'remote_schemas.yaml') return 'remote-schemas';
  if (file.includes('/remote_schemas/') && file.includes('type_')) return 'remote-schema-types';
  if (/\/(?:functions|permissions|inherited_roles|remote_schemas)\//.test(file)) return undefined;
  if (/^(?:functions|inherited_roles)\.yaml$/.test(name)) return undefined;
  return 'none';
}

/** Each file is taken for what it is, and every relationship that is written in it is read. */
function areUnderstood(folder: string, patterns: readonly string[]): void {
  const files = globSync(patterns, { cwd: folder }).toSorted();

  it('are there', () => expect(files).not.toEqual([]));

  it.each(files)('%s', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const model = readModel(parse(text, languageOf(file) ?? 'yaml'));
    const expected = expectedRole(file, text);
    if (expected !== undefined) expect(model.roles[0] ?? 'none').toBe(expected);
    expect(model.shapeProblems.map(told)).toEqual([]);
    expect(model.tables.flatMap(({ unknownKeys }) => unknownKeys.map(({ value }) => value))).toEqual([]);
    // Every one that is written is read.
    const written = text.match(/^[^#\n]*\b(?:to_source|to_remote_schema|hasura_fields)['"]?:/gm)?.length ?? 0;
    expect(model.relationships).toHaveLength(written);
    for (const { definition, name } of model.relationships) {
      expect(name.state).toBe('present');
      expect(definition?.kind).not.toBe('unreadable');
    }
  });
}
