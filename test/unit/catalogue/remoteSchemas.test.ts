import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import { present, unknown } from '../../../server/src/catalogue/catalogue.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';
import { configured, known, metadata, serverVersion, source } from './support.ts';

describe('remote schemas', () => {
  const { schema } = loadSdl([{ uri: 'file:///schema/people.graphql', text: 'type Query { a: Int }' }]);
  const setting = {
    name: 'people',
    schema: schema === undefined ? unknown : present(schema),
    location: undefined,
    origin: 'schema/people.graphql',
  };
  const declared = metadata([
    { version: 3, sources: [source('shop', [])], remote_schemas: [{ name: 'people', definition: {} }] },
  ]);

  it('are declared by the metadata and read from where the configuration says', () => {
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: declared,
      configured: configured([], { remoteSchemas: [setting] }),
    });
    const people = known(catalogue.remoteSchema('people'));
    expect(people.schema.state).toBe('present');
    expect(people.origin).toBe('schema/people.graphql');
    expect(people.location?.uri).toBe('file:///metadata/0');
    expect(catalogue.remoteSchemas).toHaveLength(1);
    expect(catalogue.remoteSchema('forum').state).toBe('absent');
  });

  it('are there without their schema when nothing says where to read it', () => {
    const people = known(buildCatalogue({ serverVersion, metadata: declared }).remoteSchema('people'));
    expect(people.schema.state).toBe('unknown');
  });

  it.each<[string, Parameters<typeof buildCatalogue>[0], string]>([
    [
      'a file of metadata is unreadable',
      { serverVersion, metadata: { ...declared, remoteSchemasComplete: false } },
      'unknown',
    ],
    [
      'an entry has no readable name',
      {
        serverVersion,
        metadata: metadata([
          { version: 3, sources: [source('shop', [])], remote_schemas: [{ definition: {} }] },
        ]),
      },
      'unknown',
    ],
    ['the configuration has the section', { serverVersion, configured: configured([]) }, 'absent'],
    [
      'the configuration has no such section',
      { serverVersion, configured: configured([], { remoteSchemasDeclared: false }) },
      'unknown',
    ],
  ])('one that is nowhere, when %s', (_case, input, state) => {
    expect(buildCatalogue(input).remoteSchema('forum').state).toBe(state);
  });
});
