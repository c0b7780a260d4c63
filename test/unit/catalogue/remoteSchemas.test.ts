import { describe, expect, it } from 'vitest';
import { buildCatalogue } from '../../../server/src/catalogue/buildCatalogue.ts';
import { present, unknown } from '../../../server/src/catalogue/catalogue.ts';
import { loadSdl } from '../../../server/src/schema/sdlRemoteSchema.ts';
import { configured, known, metadata, requests, serverVersion, source } from './support.ts';

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

  const withPermissions = (...schemas: readonly unknown[]) =>
    metadata([
      {
        version: 3,
        sources: [source('shop', [])],
        remote_schemas: [
          {
            name: 'people',
            definition: { url: 'http://people.example' },
            permissions: schemas.map((text, index) => ({
              role: `role${index}`,
              definition: typeof text === 'string' ? { schema: text } : {},
            })),
          },
        ],
        inherited_roles: [{ role_name: 'both', role_set: ['role0', 'role1'] }],
      },
    ]);

  it.each<[string, ReturnType<typeof metadata>, boolean, readonly string[] | undefined]>([
    ['nothing', declared, false, undefined],
    ['permissions', withPermissions('type Query { a: Int b: Int }'), false, ['a', 'b']],
    [
      'permissions that show different parts',
      withPermissions('type Query { a: Int }', 'type Query { b: Int }'),
      false,
      ['a', 'b'],
    ],
    ['permissions, one of which says nothing', withPermissions({}, 'type Query { b: Int }'), false, ['b']],
    ['permissions that can’t be read', withPermissions('type Query {'), false, undefined],
    ['permissions beside its schema', withPermissions('type Query { b: Int }'), true, ['a']],
  ])('shown by %s: fields to complete and explain, never to be missed', (_, facts, isKnown, fields) => {
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: facts,
      configured: configured([], { remoteSchemas: isKnown ? [setting] : [] }),
    });
    expect(known(catalogue.remoteSchema('people')).schema.state).toBe(isKnown ? 'present' : 'unknown');
    const shown = known(catalogue.withPermittedSchemas.remoteSchema('people')).schema;
    const names =
      shown.state === 'present' ? shown.value.type('Query')?.fields.map(({ name }) => name) : undefined;
    expect(names?.toSorted()).toEqual(fields);
  });

  it.each<[string, ReturnType<typeof metadata>, boolean | undefined, boolean | undefined]>([
    ['no permission is declared', declared, undefined, undefined],
    ['one is', withPermissions('type Query { a: Int }'), undefined, true],
    ['one is, and the configuration says no', withPermissions('type Query { a: Int }'), false, false],
    ['the configuration says so', declared, true, true],
  ])('heed their permissions as far as is known where %s', (_, facts, said, expected) => {
    const more = said === undefined ? {} : { remoteSchemaPermissions: said };
    const catalogue = buildCatalogue({
      serverVersion,
      metadata: facts,
      configured: configured([], more),
    });
    expect(catalogue.heedsRemoteSchemaPermissions).toBe(expected);
  });

  it('are used by roles that inherit from others', () => {
    const catalogue = buildCatalogue({ serverVersion, metadata: withPermissions() });
    expect([...catalogue.inheritedRoles]).toEqual([['both', ['role0', 'role1']]]);
    expect(buildCatalogue({ serverVersion }).inheritedRoles.size).toBe(0);
  });

  it.each<[string, object, readonly string[]]>([
    ['a URL', { url: 'http://people.example' }, []],
    ['no URL', {}, ['it has no URL']],
    ['two URLs', { url: 'http://people.example', url_from_env: 'URL' }, ['it has two URLs']],
    [
      'a namespace alone',
      { url: 'http://people.example', customization: { root_fields_namespace: 'people' } },
      [],
    ],
    [
      'renamed fields of types that are none with fields',
      {
        url: 'http://people.example',
        customization: { field_names: [{ parent_type: 'Nobody', mapping: { a: 'b' } }] },
      },
      [],
    ],
    [
      'a type that gets the name of another',
      { url: 'http://people.example', customization: { type_names: { mapping: { A: 'B' } } } },
      ['types "A" and "B" all become "B"'],
    ],
    [
      'a type that gets the name of a scalar of GraphQL itself, which keeps it',
      {
        url: 'http://people.example',
        customization: { type_names: { prefix: 'x', mapping: { A: 'String' } } },
      },
      ['types "String" and "A" all become "String"'],
    ],
    [
      'a type that gets the name another one leaves',
      { url: 'http://people.example', customization: { type_names: { mapping: { A: 'B', B: 'A' } } } },
      [],
    ],
  ])('with %s: what the server would refuse', (_, definition, reasons) => {
    const loaded = loadSdl([
      {
        uri: 'file:///a',
        text: 'type Query { a: A b: B c: String } type A { x: Int } type B { x: Int } enum E { X }',
      },
    ]).schema;
    const facts = metadata([
      { version: 3, sources: [source('shop', [])], remote_schemas: [{ name: 'people', definition }] },
    ]);
    const sayings = (extra: readonly unknown[]) =>
      known(
        buildCatalogue({
          serverVersion,
          metadata: facts,
          configured: configured([], {
            remoteSchemas: [{ ...setting, schema: loaded === undefined ? unknown : present(loaded) }],
          }),
          extraRequests: requests(...extra),
        }).remoteSchema('people'),
      ).inconsistencies.map(({ reason }) => reason);
    expect(sayings([])).toEqual(reasons);
    expect(sayings([{ type: 'update_remote_schema', args: { name: 'people', definition: {} } }])).toEqual([]);
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
