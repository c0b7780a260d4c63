import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { relationshipChanges } from '../../../server/src/changes/relationshipChanges.ts';
import { type LockArguments, runLock } from '../../../server/src/cli/check/lockCommand.ts';
import { lockName } from '../../../server/src/cli/check/lockName.ts';
import { type CheckedState, stateOf } from '../../../server/src/cli/check/states.ts';
import { unreadableIn } from '../../../server/src/cli/check/unreadable.ts';
import { Terminal } from '../../../server/src/cli/terminal.ts';
import { customerTable, smallProject, TemporaryFolder } from '../project/temporaryFolder.ts';

type Files = Readonly<Record<string, string>>;

interface Told {
  readonly verdict: string;
  readonly name: string;
  readonly owner: string;
  readonly reasons: readonly string[];
}

async function lock(folder: TemporaryFolder, more: Partial<LockArguments> = {}): Promise<string> {
  let printed = '';
  const write = (text: string, written?: () => void): void => {
    printed += text;
    written?.();
  };
  await runLock({
    ...{ project: '.', configuration: undefined, check: false, againstEndpoint: false, format: 'text' },
    ...{ workingDirectory: folder.path, environment: {}, ...more },
    terminal: new Terminal({ write }, { write }, {}),
    askEndpoint: () => Promise.reject(new Error('No endpoint is asked.')),
  });
  return printed;
}

async function drift(folder: TemporaryFolder): Promise<{ drift: boolean; relationships: readonly Told[] }> {
  const text = await lock(folder, { check: true, format: 'json' });
  return JSON.parse(text.slice(text.indexOf('{'))) as { drift: boolean; relationships: readonly Told[] };
}

/** What is checked in a folder, as it is and with other texts in it. */
function checked(folder: TemporaryFolder): Promise<CheckedState> {
  return stateOf({
    ...{ paths: ['.'], configuration: undefined, workingDirectory: folder.path, environment: {} },
    note: () => undefined,
  });
}

const notWhole = 'Not all could be read that relationships rely on.';

function change(folder: TemporaryFolder, before: Files, after: Files): void {
  for (const name of Object.keys(before)) if (after[name] === undefined) folder.remove(name);
  for (const [name, text] of Object.entries(after)) if (text !== before[name]) folder.write(name, text);
}

/** Those that are touched. */
function verdicts(told: readonly Told[]): readonly string[] {
  return told
    .filter(({ verdict }) => verdict !== 'untouched')
    .map(({ verdict, name, owner }) => `${verdict}: ${name}, ${owner}`)
    .sort();
}

/** What a lock and `check` say of each of some changes of a project, one instead of the other, where all can be read. */
async function bothWays(
  before: Files,
  changes: readonly Files[],
): Promise<readonly { locked: readonly Told[]; changed: readonly Told[] }[]> {
  const folder = new TemporaryFolder(before);
  const was = await checked(folder);
  if (unreadableIn(was.files).length > 0) {
    await expect(lock(folder)).rejects.toThrow(notWhole);
    expect(existsSync(folder.file(lockName))).toBe(false);
    return [];
  }
  await lock(folder);
  const results = [];
  for (const after of changes) {
    change(folder, before, after);
    const is = await checked(folder);
    if (unreadableIn(is.files).length > 0) await expect(drift(folder)).rejects.toThrow(notWhole);
    else {
      const { relationships } = await drift(folder);
      results.push({ locked: relationships, changed: relationshipChanges(was.state, is.state) });
    }
    change(folder, after, before);
  }
  return results;
}

const sdl = 'schema/people.graphql';
const snapshot = 'schema/default.tables.json';
const orderTable = 'metadata/databases/default/tables/public_order.yaml';
const pets = 'schema/pets.graphql';

const project: Files = {
  ...smallProject,
  [customerTable]: `table: { schema: public, name: customer }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id]
        remote_field:
          person:
            arguments: { id: $person_id, state: NEW, filter: { name: a } }
            field:
              address:
                arguments: { kind: home }
  - name: orders
    definition:
      to_source:
        source: default
        relationship_type: array
        table: { schema: public, name: order }
        field_mapping: { id: customer_id }
`,
  [orderTable]: `table: { schema: public, name: order }
remote_relationships:
  - name: payer
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [customer_id]
        remote_field:
          payer:
            arguments: { id: $customer_id }
  - name: pet
    definition:
      to_remote_schema:
        remote_schema: pets
        lhs_fields: [pet_id]
        remote_field:
          pet:
            arguments: { id: $pet_id }
`,
  'metadata/databases/default/tables/tables.yaml':
    '- "!include public_customer.yaml"\n- "!include public_order.yaml"\n',
  'metadata/remote_schemas.yaml':
    '- name: people\n  definition: { url: "https://people.example/graphql" }\n- name: pets\n  definition: { url: "https://pets.example/graphql" }\n',
  [snapshot]: JSON.stringify([
    {
      ...{ schema: 'public', name: 'customer' },
      columns: [
        { name: 'id', type: 'uuid', nullable: false },
        { name: 'person_id', type: 'uuid', nullable: false },
        { name: 'flag', type: 'boolean', nullable: false },
      ],
    },
    {
      ...{ schema: 'public', name: 'order' },
      columns: [
        { name: 'id', type: 'uuid', nullable: false },
        { name: 'customer_id', type: 'uuid', nullable: false },
        { name: 'pet_id', type: 'uuid', nullable: false },
      ],
    },
  ]),
  [sdl]: `type Query {
  person(id: ID!, state: State, filter: Filter): Person
  payer(id: ID!): Person
  count(flag: Int): Int
}
enum State { NEW OLD }
input Filter { name: String age: Int }
type Person { id: ID! name: String address(kind: String): Address }
type Address { id: ID! street: String }
`,
  [pets]: 'type Query { pet(id: ID!): Pet }\ntype Pet { id: ID! }\n',
};

function edited(files: Files, file: string, from: string, to: string): Files {
  const text = files[file] ?? '';
  expect(text).toContain(from);
  return { ...files, [file]: text.replace(from, to) };
}

/** Each is wrong in the metadata from the beginning; the schema and the tables are as above. */
const oldErrors: readonly [string, string, string, string][] = [
  ['a column of the table', customerTable, 'lhs_fields: [person_id]', 'lhs_fields: [persn_id]'],
  ['a column of a join', customerTable, '{ id: customer_id }', '{ key: customer_id }'],
  ['a column of the other table', customerTable, '{ id: customer_id }', '{ id: custmer_id }'],
  ['the other table', customerTable, 'name: order }', 'name: ordr }'],
  ['the other source', customerTable, 'source: default', 'source: defalt'],
  ['the remote schema', customerTable, 'remote_schema: people', 'remote_schema: peple'],
  ['the root field', customerTable, 'person:', 'persn:'],
  ['the only field of a remote schema', orderTable, 'pet:\n', 'pt:\n'],
  ['the only argument of a remote schema', orderTable, '{ id: $pet_id }', '{ key: $pet_id }'],
  ['a nested field', customerTable, 'address:', 'adress:'],
  ['an argument', customerTable, '{ id: $person_id,', '{ id: $person_id, key: 1,'],
  ['an argument of a nested field', customerTable, 'kind: home', 'knd: home'],
  ['a field of an input object', customerTable, '{ name: a }', '{ nme: a }'],
  ['a value of an enum', customerTable, 'state: NEW', 'state: NWE'],
  ['the type of a literal', customerTable, '{ name: a }', '{ age: a }'],
  [
    'the type of a column',
    customerTable,
    `          person:
            arguments: { id: $person_id, state: NEW, filter: { name: a } }
            field:
              address:
                arguments: { kind: home }
`,
    '          count: { arguments: { flag: $person_id } }\n',
  ],
  ['the name of a column as its own', customerTable, 'name: profile', 'name: flag'],
  ['a table that is nowhere', snapshot, '"name":"order"', '"name":"other"'],
];

const laterDifferences: readonly [string, (files: Files) => Files][] = [
  [
    'another field gives more',
    (files) => edited(files, sdl, 'payer(id: ID!): Person', 'payer(id: ID!): Person!'),
  ],
  ['its field gives another type', (files) => edited(files, sdl, 'Filter): Person', 'Filter): [Person]')],
  ['another field is gone', (files) => edited(files, sdl, 'payer(', 'buyer(')],
  ['its field is gone', (files) => edited(files, sdl, '  person(', '  human(')],
  [
    'its field is there only now',
    (files) => edited(files, sdl, '  person(', '  persn(id: ID!): Person\n  person('),
  ],
  [
    'a column has another type',
    (files) => edited(files, snapshot, '"person_id","type":"uuid"', '"person_id","type":"text"'),
  ],
  ['a column is gone', (files) => edited(files, snapshot, '"customer_id"', '"buyer_id"')],
  [
    'an unused column is gone',
    (files) => edited(files, snapshot, ',{"name":"flag","type":"boolean","nullable":false}', ''),
  ],
  [
    'a column is there that is called like another relationship',
    (files) => edited(files, snapshot, '"flag"', '"orders"'),
  ],
  ['a schema is not known any more', ({ [sdl]: _, ...files }) => files],
  ['another schema is not known any more', ({ [pets]: _, ...files }) => files],
  ['no table is known any more', ({ [snapshot]: _, ...files }) => files],
  [
    'another relationship is removed',
    (files) =>
      edited(
        files,
        orderTable,
        / {2}- name: payer[\s\S]*?(?= {2}- name: pet)/.exec(files[orderTable] ?? '')?.[0] ?? '?',
        '',
      ),
  ],
  ['another relationship is renamed', (files) => edited(files, orderTable, 'name: payer', 'name: buyer')],
  [
    'another relationship is wrong from then on',
    (files) => edited(files, orderTable, '{ id: $customer_id }', '{ key: $customer_id }'),
  ],
  [
    'the remote schema is gone',
    (files) => edited(files, 'metadata/remote_schemas.yaml', '- name: people', '- name: others'),
  ],
  [
    'a table is not tracked any more',
    (files) =>
      edited(files, 'metadata/databases/default/tables/tables.yaml', '- "!include public_order.yaml"\n', ''),
  ],
];

describe('a lock of what was wrong already', () => {
  it.each(oldErrors)('says what check says of what differs later: %s', async (_, file, from, to) => {
    const before = edited(project, file, from, to);
    const results = await bothWays(
      before,
      laterDifferences.map(([, differ]) => differ(before)),
    );
    expect(results).toHaveLength(laterDifferences.length);
    for (const [index, [difference]] of laterDifferences.entries()) {
      const { locked = [], changed = [] } = results[index] ?? {};
      expect([difference, ...verdicts(locked)]).toEqual([difference, ...verdicts(changed)]);
      expect([difference, locked.length]).toEqual([difference, changed.length]);
    }
  });
});

/** Numbers that look like chance, and are the same each time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const facts = /schema.*\.(?:graphql|json)$|up\.sql$/;
const metadata = /tables\/(?:(?!tables).)*\.yaml$|remote_schemas\.yaml$/;

/** Some word of some file is another one, or some line is gone. */
function mutated(files: Files, which: RegExp, next: (below: number) => number): Files {
  const names = Object.keys(files).filter((name) => which.test(name));
  const name = names[next(names.length)] ?? '';
  const text = files[name] ?? '';
  if (name.endsWith('.graphql') && next(3) === 0) {
    const lines = text.split('\n');
    return { ...files, [name]: lines.toSpliced(next(lines.length), 1).join('\n') };
  }
  const words = [...text.matchAll(/\b[A-Za-z]\w{2,}\b/g)];
  const word = words[next(words.length)];
  if (word === undefined) return files;
  const end = word.index + word[0].length;
  const others = ['x', ...words.map(([other]) => other)];
  const replaced = next(2) === 0 ? `${word[0]}_x` : (others[next(others.length)] ?? '');
  return { ...files, [name]: text.slice(0, word.index) + replaced + text.slice(end) };
}

function filesIn(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.(?:ya?ml|json|graphql|sql)$/.test(name) && !name.endsWith(lockName))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

describe('a lock of a project that is changed at random', () => {
  it.each([
    ['the samples', 3, filesIn(fileURLToPath(new URL('../../../samples', import.meta.url)))],
    ['a small project', 6, project],
  ])('says what check says: %s', { timeout: 120_000 }, async (_, rounds, files) => {
    const next = chance(3);
    let touched = 0;
    for (let compared = 0; compared < rounds; ) {
      const wrong = mutated(mutated(files, metadata, next), metadata, next);
      const before = mutated(wrong, facts, next);
      const changes = Array.from({ length: 5 }, () => mutated(mutated(before, facts, next), facts, next));
      const results = await bothWays(before, changes);
      if (results.length > 0) compared += 1;
      for (const { locked, changed } of results) {
        touched += verdicts(changed).length;
        expect(verdicts(locked)).toEqual(verdicts(changed));
      }
    }
    expect(touched).toBeGreaterThan(10);
  });
});

const twins: Files = {
  ...smallProject,
  [customerTable]: smallProject[customerTable]?.replace('name: customer', 'name: a.b') ?? '',
  'metadata/databases/default/tables/a_b.yaml': `table: { schema: a, name: b }
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [person_id]
        remote_field:
          human:
            arguments: { id: $person_id }
`,
  'metadata/databases/default/tables/tables.yaml':
    '- "!include public_customer.yaml"\n- "!include a_b.yaml"\n',
  [snapshot]: JSON.stringify(
    [
      ['public', 'a.b'],
      ['a', 'b'],
    ].map(([schema, name]) => ({
      ...{ schema, name },
      columns: [{ name: 'person_id', type: 'uuid', nullable: false }],
    })),
  ),
  [sdl]: 'type Query {\n  person(id: ID!): Person\n  human(id: ID!): Person\n}\ntype Person { id: ID! }\n',
};

describe('a lock of two tables whose names read the same', () => {
  const wrong = 'metadata/databases/default/tables/a_b.yaml';
  const already = edited(twins, wrong, 'human:', 'humn:');
  const cases: readonly [string, Files, Files][] = [
    ['one breaks', twins, edited(twins, sdl, 'human(', 'man(')],
    ['the other breaks', twins, edited(twins, sdl, 'person(', 'man(')],
    ['one was wrong, the other breaks', already, edited(already, sdl, 'person(', 'man(')],
    ['one is removed', twins, edited(twins, wrong, 'name: profile', 'name: other')],
    ['one has a column of another type', twins, edited(twins, snapshot, '"uuid"', '"text"')],
  ];

  it.each(cases)('says what check says: %s', async (_, before, after) => {
    const [result] = await bothWays(before, [after]);
    expect(result?.changed.filter(({ verdict }) => verdict !== 'untouched')).toHaveLength(
      after === cases[3]?.[2] ? 2 : 1,
    );
    expect(verdicts(result?.locked ?? [])).toEqual(verdicts(result?.changed ?? []));
    expect(result?.locked).toHaveLength(result?.changed.length ?? 0);
  });
});

describe('a lock of a source that is of another kind later', () => {
  const databases = 'metadata/databases/databases.yaml';
  const mssql = (files: Files) => edited(files, databases, 'kind: postgres', 'kind: mssql');
  const plain = edited(smallProject, customerTable, '{ schema: public, name: customer }', 'customer');
  const pointing = edited(project, customerTable, 'name: order }', 'name: ordr }');
  it.each([
    ['a schema is written', smallProject],
    ['no schema is written', plain],
    ['a table was not there', pointing],
  ])('says what check says: %s', async (_, before) => {
    const [result] = await bothWays(before, [mssql(before)]);
    const told = (changes: readonly Told[] = []) =>
      changes.map(({ verdict, name }) => `${verdict}: ${name}`).sort();
    expect(told(result?.locked)).toEqual(told(result?.changed));
  });
});

describe('a lock of findings that weigh more later', () => {
  it('says what check says', async () => {
    const weight = (severity: string) => JSON.stringify({ rules: { 'nullable-argument': severity } });
    const configuration = 'remote-relationships.config.json';
    const before: Files = {
      ...edited(
        smallProject,
        snapshot,
        '"person_id","type":"uuid","nullable":false',
        '"person_id","type":"uuid","nullable":true',
      ),
      [configuration]: weight('information'),
    };
    const heavier = { ...before, [configuration]: weight('error') };
    const [same, broken] = await bothWays(before, [heavier, edited(heavier, sdl, 'person(', 'human(')]);
    expect(verdicts(same?.changed ?? [])).toEqual([]);
    const folder = new TemporaryFolder(heavier);
    const { state } = await checked(folder);
    expect(state.documents.flatMap(({ findings }) => findings)).toMatchObject([
      { code: 'nullable-argument', severity: 'error' },
    ]);
    expect(verdicts(same?.locked ?? [])).toEqual([]);
    expect(verdicts(broken?.locked ?? [])).toEqual(verdicts(broken?.changed ?? []));
    expect(breaks(broken?.locked ?? [])).toHaveLength(1);
  });
});

describe('a lock that is there already', () => {
  const ours = '<<<<<<< HEAD\n';
  const theirs = '>>>>>>> other\n';
  const conflicted = (text: string) =>
    text.replace(/^( +person_?.*\n| +person\(.*\n)/m, `${ours}$1=======\n      human: Int\n${theirs}`);

  it.each([
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['other line ends', (text: string) => text.replaceAll('\n', '\r\n')],
  ])('differs by nothing for %s', async (_, written) => {
    const folder = new TemporaryFolder(smallProject);
    await lock(folder);
    folder.write(lockName, written(readFileSync(folder.file(lockName), 'utf8')));
    expect(await lock(folder, { check: true })).toBe(`${lockName}: nothing differs\n`);
    expect(await lock(folder)).toBe(`${lockName}: unchanged\n`);
  });

  it.each([
    [
      'is of an older version',
      (text: string) => text.replace(/^version: \d/m, 'version: 2'),
      /is of version 2, by an older version of remote-relationships: "remote-relationships lock" writes it anew/,
    ],
    [
      'is of the first version',
      (text: string) => text.replace(/^version: \d/m, 'version: 1').replace(/^relationships:.*/ms, ''),
      /is of version 1, by an older /,
    ],
    ['is empty', () => ' \n', /is empty: "remote-relationships lock" writes it anew/],
    ['has a conflict', conflicted, /has conflict markers at line \d+: "remote-relationships lock" writes/],
    [
      'has a conflict with its base',
      (text: string) => conflicted(text).replace('=======\n', '||||||| 123\n      x: Int\n=======\n'),
      /has conflict markers at line \d+: /,
    ],
    [
      'has a conflict where it begins',
      (text: string) => text.replace(/^(version: 3\n)/m, `${ours}$1=======\nversion: 9\n${theirs}`),
      /has conflict markers at line 3: /,
    ],
    [
      'has a conflict in other line ends',
      (text: string) => conflicted(text).replaceAll('\n', '\r\n'),
      /has conflict markers at line \d+: /,
    ],
  ])('is written anew where it %s', async (_, written, words) => {
    const folder = new TemporaryFolder(smallProject);
    await lock(folder);
    const before = readFileSync(folder.file(lockName), 'utf8');
    expect(written(before)).not.toBe(before);
    folder.write(lockName, written(before));
    await expect(lock(folder, { check: true })).rejects.toThrow(words);
    expect(await lock(folder)).toBe(`${lockName}: written\n`);
    expect(readFileSync(folder.file(lockName), 'utf8')).toBe(before);
  });

  it.each([
    [
      'of a newer version',
      (text: string) => text.replace(/^version: \d/m, 'version: 9'),
      /is of version 9, by a newer/,
    ],
    ['with a marker that ends nowhere', (text: string) => `${text}${ours}`, /is no lock/],
    ['with one side of another file', () => `${ours}mine: 1\n=======\nversion: 3\n${theirs}`, /is no lock/],
  ])('stays where it is one %s', async (_, written, words) => {
    const folder = new TemporaryFolder(smallProject);
    await lock(folder);
    const other = written(readFileSync(folder.file(lockName), 'utf8'));
    folder.write(lockName, other);
    await expect(lock(folder, { check: true })).rejects.toThrow(words);
    await expect(lock(folder)).rejects.toThrow(words);
    expect(readFileSync(folder.file(lockName), 'utf8')).toBe(other);
  });
});

function breaks(told: readonly Told[]): readonly string[] {
  return verdicts(told).filter((each) => each.startsWith('breaks: '));
}
