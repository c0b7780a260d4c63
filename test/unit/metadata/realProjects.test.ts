import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../server/src/metadata/readModel.ts';
import type { DocumentRole } from '../../../server/src/metadata/relationship.ts';
import { languageOf, parse } from '../../../server/src/syntax/parse.ts';
import { told } from './support.ts';

/** Projects as found in public repositories; they lie beside this one where they are at hand. */
const fixtures = join(import.meta.dirname, '../../../../shared/fixtures');
const files = existsSync(fixtures)
  ? globSync(['real/**/*.{yaml,json}', 'engine/requests/*.yaml'], { cwd: fixtures }).toSorted()
  : [];

/** By place, which the reader does not look at: what a file must be taken for. Empty lists and versions say nothing. */
function expectedRole(file: string, text: string): DocumentRole | undefined {
  const name = basename(file);
  if (/^\s*(?:\[\])?\s*$/.test(text)) return 'none';
  if (file.startsWith('engine/') || (file.includes('/migrations/') && name === 'up.yaml')) return 'request';
  if (name === 'metadata.yaml' || name === 'hasura_metadata.json') return 'metadata';
  if (name === 'databases.yaml' || name === 'sources.yaml') return 'sources';
  if (name === 'tables.yaml') return 'tables';
  if (file.includes('/tables/')) return 'table';
  if (name === 'remote_schemas.yaml') return 'remote-schemas';
  if (file.includes('/remote_schemas/') && file.includes('type_')) return 'remote-schema-types';
  if (/\/(?:functions|permissions|inherited_roles|remote_schemas)\//.test(file)) return undefined;
  if (/^(?:functions|inherited_roles)\.yaml$/.test(name)) return undefined;
  return 'none';
}

describe('projects of the real world', () => {
  if (files.length === 0) it.skip('are not at hand: no ../shared/fixtures beside this project');

  it.each(files)('%s', (file) => {
    const text = readFileSync(join(fixtures, file), 'utf8');
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
});
