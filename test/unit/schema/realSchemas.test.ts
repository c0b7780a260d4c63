import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadIntrospection } from '../../../server/src/schema/introspectionRemoteSchema.ts';
import type { FieldDefinition, InputValue, RemoteSchema } from '../../../server/src/schema/remoteSchema.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';
import { graphqlTypeOfColumn } from '../../../server/src/schema/sqlTypes.ts';
import { readTableSnapshot } from '../../../server/src/schema/tableSnapshot.ts';
import { listDepth, namedTypeOf, typeReferenceText } from '../../../server/src/schema/typeReference.ts';
import { parse } from '../../../server/src/syntax/parse.ts';
import { describeOutside } from '../../outside.ts';

const samples = join(import.meta.dirname, '../../../samples/schema');

describe('the schemas of the samples', () => areRead([samples]));

describeOutside('schemas found in the wild', 'fixtures', (fixtures) =>
  areRead(['pairs', 'engine/schema'].map((directory) => join(fixtures, directory))),
);

/** Every schema and table snapshot in the folders is read whole. */
function areRead(folders: readonly string[]): void {
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const ending = (end: string) =>
    files.filter((file) => file.endsWith(end)).map((file) => [basename(file), file]);

  it('are there', () => expect(ending('.graphql')).not.toEqual([]));

  it.each(ending('.graphql'))('%s is read', (_name, file) => {
    const { schema, problems } = loadSdl([{ uri: file, text: readFileSync(file, 'utf8') }]);
    expect(problems).toEqual([]);
    expect(schema?.type(schema.queryTypeName)?.kind).toBe('object');
  });

  it.each(ending('.tables.json'))(
    '%s is read whole, and each of its types is understood',
    (_name, snapshotFile) => {
      const tree = parse(readFileSync(snapshotFile, 'utf8'), 'json');
      const { tables, problems } = readTableSnapshot(snapshotFile, tree);
      expect(problems).toEqual([]);
      expect(tables?.complete).toBe(true);
      const types = tables?.tables.flatMap((table) => table.columns?.map(({ type }) => type) ?? []) ?? [];
      expect(types.length).toBeGreaterThan(0);
      expect(types.filter((type) => graphqlTypeOfColumn('postgres', type) === undefined)).toEqual([]);
    },
  );
}

describe('the GitHub schema', () => {
  const directory = join(import.meta.dirname, '../../../node_modules/@octokit/graphql-schema');
  const sdl = loadSdl([{ uri: 'sdl', text: readFileSync(join(directory, 'schema.graphql'), 'utf8') }]);
  const json = loadIntrospection('json', readFileSync(join(directory, 'schema.json'), 'utf8'));

  it('is read without a complaint, from both of its forms', () => {
    expect(sdl.problems).toEqual([]);
    expect(json.problems).toEqual([]);
    const described = (name: string) => !name.startsWith('__');
    expect(sdl.schema?.typeNames.filter(described).toSorted()).toEqual(
      json.schema?.typeNames.filter(described).toSorted(),
    );
  });

  it('has the same fields and arguments in both', () => {
    const input = (one: InputValue) => `${one.name}: ${typeReferenceText(one.type)} ${one.hasDefault}`;
    const field = (one: FieldDefinition) =>
      `${one.name}(${one.arguments.map(input).toSorted()}): ${typeReferenceText(one.type)} ${one.deprecationReason}`;
    const members = (schema: RemoteSchema | undefined, name: string) => {
      const type = schema?.type(name);
      return [type?.kind, type?.fields.map(field).toSorted(), type?.inputFields.map(input).toSorted()];
    };
    const names = sdl.schema?.typeNames ?? [];
    expect(names.length).toBeGreaterThan(1000);
    for (const name of names) expect(members(sdl.schema, name)).toEqual(members(json.schema, name));
  });

  it('refers only to types it has', () => {
    const schema = sdl.schema;
    const missing = schema?.typeNames
      .flatMap((name) => schema.type(name)?.fields ?? [])
      .flatMap((field) => [field.type, ...field.arguments.map((argument) => argument.type)])
      .filter((type) => schema.type(namedTypeOf(type)) === undefined || listDepth(type) > 2);
    expect(missing).toEqual([]);
  });
});
