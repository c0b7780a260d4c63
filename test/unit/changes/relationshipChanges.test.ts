import { describe, expect, it } from 'vitest';
import { failure, type ReadResult } from '../../../common/src/files/readResult.ts';
import {
  type RelationshipChange,
  relationshipChanges,
} from '../../../server/src/changes/relationshipChanges.ts';
import { stateOf } from '../../../server/src/cli/check/states.ts';
import { withEarlierTexts } from '../../../server/src/project/earlierTexts.ts';
import { customerTable, smallProject, TemporaryFolder } from '../project/temporaryFolder.ts';

type Files = Readonly<Record<string, string | undefined>>;

/** What becomes of the relationships of a project when some of its files change; `undefined`: there is no such file. */
async function changes(before: Files, after: Files): Promise<readonly RelationshipChange[]> {
  const folder = new TemporaryFolder();
  const earlier = new Map<string, ReadResult>();
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [then, now] = [before[name], after[name]];
    if (now !== undefined) folder.write(name, now);
    if (then === now) continue;
    const path = folder.file(name);
    earlier.set(path, then === undefined ? failure('missing', path) : { ok: true, text: then });
  }
  const options = {
    ...{ paths: ['.'], configuration: undefined, workingDirectory: folder.path, environment: {} },
    note: (message: string) => {
      throw new Error(message);
    },
  };
  const was = await stateOf({ ...options, disk: (disk) => withEarlierTexts(disk, earlier) });
  const is = await stateOf(options);
  return relationshipChanges(was.state, is.state);
}

/** The one relationship of the small project when these files change. */
async function change(after: Files): Promise<Pick<RelationshipChange, 'verdict' | 'reasons'>> {
  const [only, ...others] = await changes(smallProject, { ...smallProject, ...after });
  expect(others).toEqual([]);
  expect(only).toMatchObject({ name: 'profile', owner: 'table "customer" of source "default"' });
  return { verdict: only?.verdict ?? 'new', reasons: only?.reasons ?? [] };
}

const sdl = 'schema/people.graphql';
const snapshot = 'schema/default.tables.json';
const people = smallProject[sdl] ?? '';
const tables = smallProject[snapshot] ?? '';
const table = smallProject[customerTable] ?? '';

describe('a change of a remote schema', () => {
  it.each<[string, string, readonly (string | RegExp)[]]>([
    [
      'takes the field',
      people.replace('person(', 'human('),
      ['Query.person was removed. (people)', /has no query field "person"/],
    ],
    [
      'takes the argument',
      people.replace('id: ID!):', 'key: ID):'),
      ['Query.person arg id was removed. (people)', /has no argument "id"/],
    ],
  ])('breaks a relationship when it %s', async (_, text, reasons) => {
    const found = await change({ [sdl]: text });
    expect(found.verdict).toBe('breaks');
    expect(found.reasons).toHaveLength(reasons.length);
    for (const [index, reason] of reasons.entries()) expect(found.reasons[index]).toMatch(reason);
  });

  it('breaks it when it takes an input field that is used', async () => {
    const nested = table.replace('{ id: $person_id }', '{ where: { key: { id: $person_id } } }');
    const input = 'input Where { key: Key }\ninput Key { id: ID other: ID }\ntype Person { id: ID! }\n';
    const schema = `type Query { person(where: Where): Person }\n${input}`;
    const project = { ...smallProject, [customerTable]: nested, [sdl]: schema };
    const [broken] = await changes(project, { ...project, [sdl]: schema.replace(' id: ID ', ' ') });
    expect(broken).toMatchObject({
      verdict: 'breaks',
      reasons: ['Key.id was removed. (people)', expect.stringContaining('"id"')],
    });
    const [untouched] = await changes(project, { ...project, [sdl]: schema.replace(' other: ID', '') });
    expect(untouched).toMatchObject({ verdict: 'untouched', reasons: [] });
  });

  it.each([
    [
      'another type',
      `${people.replace('): Person', '): Human')}type Human { id: ID! }\n`,
      'Query.person changed type from Person to Human. (people)',
    ],
    [
      'a list',
      people.replace('): Person', '): [Person]'),
      'Query.person changed type from Person to [Person]. (people)',
    ],
    [
      'an interface',
      people.replace('type Person', 'interface Person'),
      'Person changed from an Object type to an Interface type. (people)',
    ],
  ])('weakens it when it gives %s', async (_, text, reason) => {
    expect(await change({ [sdl]: text })).toEqual({ verdict: 'weakens', reasons: [reason] });
  });

  it('weakens it when it requires another argument, which queries can supply', async () => {
    const { verdict, reasons } = await change({ [sdl]: people.replace('id: ID!)', 'id: ID!, tenant: ID!)') });
    expect(verdict).toBe('weakens');
    expect(reasons).toEqual(['A required arg tenant on Query.person was added. (people)']);
  });

  it.each([
    ['gives more', people.replace('): Person', '): Person!')],
    ['has another field', people.replace('type Query {', 'type Query {\n  pet: String')],
    ['takes a field nobody joins to', people.replace(' name: String', '')],
    ['takes more', people.replace('id: ID!)', 'id: ID!, limit: Int = 1)')],
    ['says something else of it', people.replace('person(', '"One person."\n  person(')],
    ['is written as another text', people.replaceAll('\n', '\r\n')],
  ])('leaves it untouched when it %s', async (_, text) => {
    expect(await change({ [sdl]: text })).toEqual({ verdict: 'untouched', reasons: [] });
  });

  it('weakens it when nobody knows the schema any more', async () => {
    expect(await change({ [sdl]: undefined })).toEqual({
      verdict: 'weakens',
      reasons: ['It can\'t be checked any more: remote schema "people" is not known.'],
    });
  });
});

describe('a change of tables', () => {
  it('breaks a relationship when its column goes', async () => {
    const { verdict, reasons } = await change({ [snapshot]: tables.replace('"person_id"', '"human_id"') });
    expect(verdict).toBe('breaks');
    expect(reasons.join()).toContain('"person_id"');
  });

  it('breaks it when its table goes', async () => {
    const { verdict, reasons } = await change({ [snapshot]: '[{"name":"other","columns":[]}]' });
    expect(verdict).toBe('breaks');
    expect(reasons.join()).toContain('"customer"');
  });

  it('weakens it when its column has another type', async () => {
    const changed = tables.replace('"person_id","type":"uuid"', '"person_id","type":"text"');
    expect(await change({ [snapshot]: changed })).toEqual({
      verdict: 'weakens',
      reasons: [
        'The column "person_id" of table "customer" of source "default" is of type text, and was of type uuid.',
      ],
    });
  });

  it('leaves it untouched when another column goes', async () => {
    expect(await change({ [snapshot]: tables.replace('"id","type"', '"key","type"') })).toEqual({
      verdict: 'untouched',
      reasons: [],
    });
  });
});

describe('a change of migrations', () => {
  const { [snapshot]: _, ...unknown } = smallProject;
  const list = 'metadata/databases/default/tables/tables.yaml';
  const target = 'metadata/databases/default/tables/public_invoice.yaml';
  const first = 'migrations/default/1_all/up.sql';
  const all = `CREATE TABLE customer (id uuid, person_id uuid);
CREATE TABLE invoice (id uuid, customer_id uuid);
CREATE TABLE region (id uuid);
`;
  /** Two tables with relationships, the second to the first, and one without. */
  const project: Files = {
    ...unknown,
    [list]:
      '- "!include public_customer.yaml"\n- "!include public_invoice.yaml"\n- "!include public_region.yaml"\n',
    [target]: `table: { schema: public, name: invoice }
remote_relationships:
  - name: payer
    definition:
      to_source:
        source: default
        relationship_type: object
        table: { schema: public, name: customer }
        field_mapping: { customer_id: id }
`,
    'metadata/databases/default/tables/public_region.yaml': 'table: { schema: public, name: region }\n',
    [first]: all,
    'migrations/default/1_all/down.sql': 'DROP TABLE customer; DROP TABLE invoice;',
  };
  const later = 'migrations/default/2_later/up.sql';

  async function verdicts(sql: string, before: Files = project) {
    const found = await changes(before, { ...before, [later]: sql });
    return Object.fromEntries(found.map(({ name, verdict, reasons }) => [name, [verdict, ...reasons]]));
  }

  it.each<[string, string, { profile?: readonly string[]; payer?: readonly string[] }]>([
    ['drops its column', 'ALTER TABLE customer DROP COLUMN person_id;', { profile: ['drops it'] }],
    [
      'drops its column beside another tracked table',
      'DROP TABLE region; ALTER TABLE customer DROP COLUMN person_id;',
      { profile: ['drops it'] },
    ],
    [
      'drops its column beside a table nobody knows',
      'ALTER TABLE customer DROP COLUMN person_id; DROP TABLE IF EXISTS elsewhere;',
      { profile: ['drops it'] },
    ],
    ['renames its column', 'ALTER TABLE customer RENAME person_id TO human;', { profile: ['renames it'] }],
    ['drops the column joined to', 'ALTER TABLE customer DROP COLUMN id CASCADE;', { payer: ['drops it'] }],
    [
      'drops its table, and the one joined to',
      'DROP TABLE public.customer;',
      { profile: ['no such table', 'drops it'], payer: ['no such table', 'drops it'] },
    ],
    ['renames its table', 'ALTER TABLE invoice RENAME TO bill;', { payer: ['no such table', 'renames it'] }],
    [
      'takes its table to another schema',
      'CREATE SCHEMA old; ALTER TABLE invoice SET SCHEMA old;',
      { payer: ['renames it'] },
    ],
  ])('breaks a relationship when it %s', async (_, sql, expected) => {
    const found = await verdicts(sql);
    for (const name of ['profile', 'payer'] as const) {
      const [verdict, ...reasons] = found[name] ?? [];
      expect(verdict).toBe(expected[name] === undefined ? 'untouched' : 'breaks');
      for (const words of expected[name] ?? []) expect(reasons.join(' ')).toContain(words);
    }
  });

  it('breaks it although other tables of the schema come from elsewhere', async () => {
    const some = { ...project, [first]: all.replace('CREATE TABLE region (id uuid);\n', '') };
    const { profile } = await verdicts('ALTER TABLE customer DROP COLUMN person_id;', some);
    expect(profile?.[0]).toBe('breaks');
    expect(await verdicts('SELECT 1;', some)).toMatchObject({ profile: ['untouched'] });
  });

  it('breaks all of them, however many columns are gone', async () => {
    const { profile, payer } = await verdicts(
      'ALTER TABLE customer DROP COLUMN person_id, DROP COLUMN id; ALTER TABLE invoice DROP COLUMN customer_id;',
    );
    expect([profile?.[0], payer?.[0]]).toEqual(['breaks', 'breaks']);
  });

  it('weakens it when they do not make a column any more, as a migration may be missing', async () => {
    const { profile } = await verdicts('SELECT 1;', { ...project, [later]: 'DROP TABLE region;' });
    expect(profile?.[0]).toBe('untouched');
    const without = { ...project, [first]: all.replace(', person_id uuid', '').replace('region', 'other') };
    const [found] = await changes(project, without);
    expect(found).toMatchObject({ name: 'profile', verdict: 'weakens' });
  });

  it.each([
    ['makes its table again', 'DROP TABLE customer; CREATE TABLE customer (id uuid, person_id uuid);'],
    [
      'makes its column again',
      'ALTER TABLE customer DROP COLUMN person_id; ALTER TABLE customer ADD person_id uuid;',
    ],
    ['drops a table of the same name', 'DROP TABLE IF EXISTS app.customer CASCADE;'],
    [
      'drops a table of the same name on the search path',
      'CREATE SCHEMA app; CREATE TABLE app.customer (id int); SET search_path TO app; DROP TABLE customer;',
    ],
    ['drops it in a transaction that is rolled back', 'BEGIN; DROP TABLE customer; ROLLBACK;'],
  ])('leaves it untouched when it %s', async (_, sql) => {
    expect(await verdicts(sql)).toEqual({ profile: ['untouched'], payer: ['untouched'] });
  });

  it('does not break it where the SQL is no history of migrations', async () => {
    const config = JSON.stringify({ sources: { default: { tables: { sql: 'db/*.sql' } } } });
    const before = { ...project, 'remote-relationships.config.json': config, 'db/1.sql': all };
    const dropped = 'DROP TABLE customer; ALTER TABLE invoice DROP COLUMN customer_id;';
    for (const { verdict } of await changes(before, { ...before, 'db/teardown.sql': dropped }))
      expect(verdict).toBe('weakens');
  });

  it.each([
    ['may drop its table', 'DO $$ BEGIN IF now() > now() THEN DROP TABLE customer; END IF; END $$;'],
    [
      'fails halfway',
      'DO $$ BEGIN DROP TABLE customer; PERFORM 1/0; EXCEPTION WHEN OTHERS THEN NULL; END $$;',
    ],
    [
      'drops it, and may make another',
      'DROP TABLE customer; DO $$ BEGIN EXECUTE (SELECT sql FROM s); END $$;',
    ],
    [
      'drops it before another is renamed',
      'DROP TABLE customer; ALTER TABLE customer_new RENAME TO customer;',
    ],
    ['drops it before a function nobody knows', "DROP TABLE customer; SELECT make_it('customer');"],
    ['may drop its columns', 'DO $$ BEGIN EXECUTE (SELECT sql FROM s); END $$;'],
    [
      'puts a view in its place that may have them',
      'DROP TABLE customer; CREATE VIEW customer AS SELECT * FROM elsewhere;',
    ],
  ])('does not break it when it %s', async (_, sql) => {
    const found = await verdicts(sql);
    for (const [verdict] of Object.values(found)) expect(['untouched', 'weakens']).toContain(verdict);
  });
});

describe('a change of metadata', () => {
  it('breaks a relationship when it says something wrong from then on', async () => {
    const { verdict, reasons } = await change({ [customerTable]: table.replace('person:', 'persn:') });
    expect(verdict).toBe('breaks');
    // The schema is as it was.
    expect(reasons).toEqual([expect.stringContaining('no query field "persn"')]);
  });

  it('breaks it when the remote schema is gone', async () => {
    const { verdict, reasons } = await change({ 'metadata/remote_schemas.yaml': '[]\n' });
    expect(verdict).toBe('breaks');
    expect(reasons[0]).toContain('remote schema "people"');
  });

  it('says what is new and what is removed, and that it is moved to another file changes nothing', async () => {
    const second = table.replace('profile', 'second');
    const renamed = { ...smallProject, [customerTable]: second };
    expect(await changes(smallProject, renamed)).toMatchObject([
      { name: 'second', verdict: 'new', reasons: [] },
      { name: 'profile', verdict: 'removed', reasons: [] },
    ]);
    const list = 'metadata/databases/default/tables/tables.yaml';
    const moved = {
      ...smallProject,
      [customerTable]: undefined,
      'metadata/databases/default/tables/other.yaml': table,
      [list]: '- "!include other.yaml"\n',
    };
    expect(await changes(smallProject, moved)).toMatchObject([{ name: 'profile', verdict: 'untouched' }]);
  });

  it('that was wrong before is untouched', async () => {
    const wrong = { ...smallProject, [customerTable]: `# moved\n${table.replace('person:', 'persn:')}` };
    const before = { ...smallProject, [customerTable]: table.replace('person:', 'persn:') };
    expect(await changes(before, wrong)).toMatchObject([{ verdict: 'untouched', reasons: [] }]);
  });
});

describe('of several projects whose relationships have the same names', () => {
  const under = (...folders: readonly string[]): Readonly<Record<string, string>> =>
    Object.fromEntries(
      folders.flatMap((folder) =>
        Object.entries(smallProject).map(([name, text]) => [
          folder === '.' ? name : `${folder}/${name}`,
          text,
        ]),
      ),
    );
  const broken = people.replace('person(', 'human(');
  it.each<[string, Files, Files, readonly string[]]>([
    ['nothing changes', under('a', 'b'), under('a', 'b'), ['untouched a', 'untouched b']],
    [
      'the first breaks',
      under('a', 'b'),
      { ...under('a', 'b'), 'a/schema/people.graphql': broken },
      ['breaks a', 'untouched b'],
    ],
    [
      'the second breaks',
      under('a', 'b'),
      { ...under('a', 'b'), 'b/schema/people.graphql': broken },
      ['untouched a', 'breaks b'],
    ],
    ['one is new', under('a'), under('a', 'b'), ['untouched a', 'new b']],
    ['one is removed', under('a', 'b'), under('b'), ['untouched b', 'removed a']],
    [
      'one moves, and breaks',
      under('a', 'b'),
      { ...under('b', 'c'), 'c/schema/people.graphql': broken },
      ['untouched b', 'breaks c'],
    ],
    [
      'both move, and one breaks that was not broken',
      { ...under('a', 'b'), 'b/schema/people.graphql': broken },
      {
        ...under('apps/b', 'apps/a'),
        'apps/a/schema/people.graphql': broken,
        'apps/b/schema/people.graphql': broken,
      },
      ['breaks apps/a', 'untouched apps/b'],
    ],
    ['one moves to the top', under('a'), under('.'), ['untouched .']],
    ['one is copied from the top', under('.'), under('a', 'b'), ['untouched a', 'new b']],
    [
      'one takes the place of two',
      under('a', 'b'),
      { ...under('c'), 'c/schema/people.graphql': broken },
      ['breaks c', 'removed b'],
    ],
  ])('each is its own: %s', async (_, before, after, expected) => {
    const found = await changes(before, after);
    const told = found.map(({ verdict, place }) => {
      const [, folder = ''] = /\/remote-relationships-[^/]+\/(?:(.*)\/)?metadata\//.exec(place.uri) ?? [];
      return `${verdict} ${folder === '' ? '.' : folder}`;
    });
    expect(told).toEqual(expected);
  });
});
