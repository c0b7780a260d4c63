import { describe, expect, it } from 'vitest';
import type { ArgumentValue, RemoteFieldObject } from '../../../server/src/metadata/relationship.ts';
import { covered, facts, keyOf, onlyRelationship, problems, readText, readTwins } from './support.ts';

const fields = 'Remote fields are represented by an object that maps each field name to its arguments.';
const inside = `${fields}Remote arguments are represented by an object that maps each argument name to its value.`;

/** A table entry with one relationship of this remote field, written in flow style. */
function entry(remoteField: string): string {
  return `
table: {schema: public, name: customer}
remote_relationships:
  - name: profile
    definition:
      to_remote_schema:
        remote_schema: people
        lhs_fields: [id]
        remote_field: ${remoteField}
`;
}

function remoteField(text: string): RemoteFieldObject {
  const { definition } = onlyRelationship(readTwins(entry(text)));
  if (definition?.kind !== 'to-remote-schema' || definition.remoteField.state !== 'present') {
    throw new Error('no remote field');
  }
  return definition.remoteField.value;
}

describe('parse errors of the remote field tree, in the words of the server', () => {
  it.each([
    ['{}', 'remote-field-count | remote_field | -', `${fields}Expecting one single mapping, received none.`],
    [
      '{a: {arguments: {}}, b: {arguments: {}}}',
      'remote-field-count | remote_field | -',
      `${fields}Expecting one single mapping, received too many.`,
    ],
    ['{a: {}}', 'key-not-found | remote field | arguments', `${fields}key "arguments" not found`],
    [
      '{a: {arguments: null}}',
      'wrong-kind | arguments | -',
      `${inside}parsing RemoteArguments failed, expected Object, but encountered Null`,
    ],
    [
      '{a: {arguments: []}}',
      'wrong-kind | arguments | -',
      `${inside}parsing RemoteArguments failed, expected Object, but encountered Array`,
    ],
    [
      '{a: {arguments: $id}}',
      'wrong-kind | arguments | -',
      `${inside}parsing RemoteArguments failed, expected Object, but encountered String`,
    ],
    [
      '[a]',
      'wrong-kind | remote_field | -',
      `${fields}parsing RemoteFields failed, expected Object, but encountered Array`,
    ],
    [
      'null',
      'wrong-kind | remote_field | -',
      `${fields}parsing RemoteFields failed, expected Object, but encountered Null`,
    ],
    [
      '{a: {arguments: {}, field: b}}',
      'wrong-kind | field | -',
      `${fields}parsing RemoteFields failed, expected Object, but encountered String`,
    ],
    [
      '{a: {arguments: {}, field: {}}}',
      'remote-field-count | field | -',
      `${fields}Expecting one single mapping, received none.`,
    ],
    ['{a: 1}', 'wrong-kind | remote field | -', `${fields}expected Object, but encountered Number`],
    [
      '{a: null}',
      'key-not-found | remote field | arguments',
      `${fields}expected Object, but encountered Null`,
    ],
    ['{a-b: {arguments: {}}}', 'field-name | remote_field | a-b', `${fields}a-b is not valid GraphQL name`],
    ['{é: {arguments: {}}}', 'field-name | remote_field | é', `${fields}é is not valid GraphQL name`],
    [
      '{a: {arguments: {1st: $id}}}',
      'argument-name | arguments | 1st',
      `${inside}1st is an invalid key name`,
    ],
    [
      '{a: {arguments: {x: {y-z: 1}}}}',
      'argument-name | arguments | y-z',
      `${inside}y-z is an invalid key name`,
    ],
    ['{a: {arguments: {x: $}}}', 'invalid-variable | arguments | ', `${inside}Empty variable name`],
    [
      '{a: {arguments: {x: $x-hasura-user-id}}}',
      'invalid-variable | arguments | x-hasura-user-id',
      `${inside}Invalid variable name 'x-hasura-user-id'`,
    ],
    [
      '{a: {arguments: {x: [{y: $a-b}]}}}',
      'invalid-variable | arguments | a-b',
      `${inside}Invalid variable name 'a-b'`,
    ],
    ['{a: {arguments: {}, argumnets: {}}}', 'unknown-key | remote field | argumnets', 'silent'],
  ])('%s', (text, problem, message) => {
    expect(problems(entry(text))).toEqual([`${problem} | ${message}`]);
  });

  it('says the prefix for fields once, however deep', () => {
    expect(problems(entry('{a: {arguments: {}, field: {b: {arguments: {}, field: {c: {}}}}}}'))).toEqual([
      `key-not-found | remote field | arguments | ${fields}key "arguments" not found`,
    ]);
  });

  it('reports all of them, not the first', () => {
    expect(problems(entry('{a-b: {arguments: {x: $}}, c: {}}')).map((one) => one.split(' ')[0])).toEqual([
      'remote-field-count',
      'field-name',
      'invalid-variable',
      'key-not-found',
    ]);
  });

  it('names the relationship and the place', () => {
    const { model, tree } = readText(entry('{a: {arguments: {x: $a-b}}}'));
    const [problem] = model.shapeProblems;
    expect(problem?.relationship).toBe('profile');
    expect(problem && covered(tree, problem.node)).toBe('$a-b');
  });

  it.each([
    '{a: {arguments: {}}}',
    '{a: {arguments: {}, field: null}}',
    '{_a1: {field: {b: {arguments: {x: $id}}}, arguments: {y: [[]], z: {}}}}',
  ])('finds nothing wrong with %s', (text) => {
    expect(problems(entry(text))).toEqual([]);
  });
});

describe('the remote field tree', () => {
  it('keeps every step of a level with several', () => {
    expect(remoteField('{a: {arguments: {}}, b: 1}').steps.map((step) => step.name.value)).toEqual([
      'a',
      'b',
    ]);
  });

  it.each([
    ['nothing behind it', '{person: }', 'missing'],
    ['an empty object', '{person: {}}', 'missing'],
    ['arguments with nothing behind them', '{person: {arguments: }}', 'malformed'],
  ])('has a step for a name with %s', (_, text, state) => {
    const [step] = remoteField(text).steps;
    expect(step?.name.value).toBe('person');
    expect(step?.arguments.state).toBe(state);
  });

  it('knows that a `field` of the wrong kind is there', () => {
    expect(remoteField('{a: {arguments: {}, field: 1}}').steps[0]?.child?.steps).toEqual([]);
    expect(remoteField('{a: {arguments: {}, field: null}}').steps[0]?.child).toBeUndefined();
  });

  const kindOf = (value: ArgumentValue | undefined): string =>
    value === undefined
      ? 'none'
      : value.kind === 'literal'
        ? value.type
        : value.kind === 'list'
          ? `[${value.items.map(kindOf).join()}]`
          : value.kind === 'object'
            ? `{${value.fields.map((field) => `${field.name.value}:${kindOf(field.value)}`).join()}}`
            : value.kind === 'variable'
              ? `$${value.name}`
              : value.kind;

  it.each([
    ['1', 'Int'],
    ['1.0', 'Int'],
    ['1.0e+2', 'Int'],
    ['-3.0', 'Int'],
    ['99999999999999999999', 'Int'],
    ['1.5', 'Float'],
    ['true', 'Boolean'],
    ['"x-hasura-user-id"', 'String'],
    ['""', 'String'],
    ['null', 'null'],
    ['$person_id', '$person_id'],
    ['"$person_id"', '$person_id'],
    ['[]', '[]'],
    ['[$a, [1, "b"]]', '[$a,[Int,String]]'],
    ['{a: {_eq: $a}}', '{a:{_eq:$a}}'],
  ])('reads the value %s as %s', (text, kind) => {
    const step = remoteField(`{a: {arguments: {x: ${text}}}}`).steps[0];
    expect(step?.arguments.state).toBe('present');
    if (step?.arguments.state === 'present') expect(kindOf(step.arguments.value[0]?.value)).toBe(kind);
  });

  // What it is rounded to does not count.
  it.each([
    ['12345678901234567890.5', 'Float'],
    ['12345678901234567890.0', 'Int'],
    ['10e-1', 'Int'],
    ['15e-1', 'Float'],
    ['10.50e+1', 'Int'],
    ['10.55e+1', 'Float'],
    ['1.0e+400', 'Int'],
    ['10e-400', 'Float'],
    ['0e-400', 'Int'],
    ['-0.0', 'Int'],
    ['-12.5', 'Float'],
  ])('reads the number %s as %s, however large or small', (number, type) => {
    const json = `{"table": "t", "remote_relationships": [{"name": "n", "definition": {"to_remote_schema": {"remote_schema": "r", "lhs_fields": [], "remote_field": {"a": {"arguments": {"x": ${number}}}}}}}]}`;
    for (const language of ['json', 'yaml'] as const) {
      const { definition } = onlyRelationship(readText(json, language, { role: 'table' }).model);
      expect(facts(definition), language).toMatchObject({
        remoteField: { value: { steps: [{ arguments: { value: [{ value: { kind: 'literal', type } }] } }] } },
      });
    }
  });

  it.each([
    '{a: {arguments: !include arguments.yaml}}',
    '{a: "!include a.yaml"}',
    '"!include field.yaml"',
    '*nowhere',
    '{a: {arguments: *nowhere}}',
    '{a: {arguments: {x: *nowhere}}}',
    '{a: {arguments: {}, field: !include field.yaml}}',
  ])('says nothing of what is not here: %s', (text) => {
    expect(readText(entry(text)).model.shapeProblems).toEqual([]);
  });
});

it('says nothing of a value at which the Hasura CLI stops (C3)', () => {
  const { model } = readText(entry('{a: {arguments: {x: 0O17, y: 017}}}'), 'yaml');
  const { definition } = onlyRelationship(model);
  expect(facts(definition)).toMatchObject({
    remoteField: {
      value: {
        steps: [{ arguments: { value: [{ value: { kind: 'unknown' } }, { value: { type: 'Int' } }] } }],
      },
    },
  });
});

it.each(['json', 'http'] as const)(
  'reads a slash behind a backslash in %s, which the Hasura CLI does not read',
  (language) => {
    const request = String.raw`{"type": "pg_create_remote_relationship", "args": {"table": "t", "name": "n", "definition": {"to_remote_schema": {"remote_schema": "r", "lhs_fields": [], "remote_field": {"f": {"arguments": {"x": "a\/b"}}}}}}}`;
    const text = language === 'json' ? request : `POST /v1/metadata\n\n${request}\n`;
    expect(facts(onlyRelationship(readText(text, language).model).definition)).toMatchObject({
      remoteField: {
        value: { steps: [{ arguments: { value: [{ value: { kind: 'literal', type: 'String' } }] } }] },
      },
    });
  },
);

describe('keys written twice', () => {
  it('are reported in JSON, where no parser refuses them', () => {
    const { model } = readText(
      '{"table": {"schema": "public", "name": "t"}, "remote_relationships": [{"name": "a", "name": "b", "definition": {"to_remote_schema": {"remote_schema": "r", "lhs_fields": [], "remote_field": {"f": {"arguments": {"x": 1, "x": 2}}}}}}]}',
      'json',
    );
    expect(model.shapeProblems.map((problem) => [problem.kind, keyOf(problem)])).toEqual([
      ['duplicate-key', 'name'],
      ['duplicate-key', 'x'],
    ]);
  });
});

describe('documents made to exhaust the reader', () => {
  it('reads a deep value without end of stack', () => {
    const deep = `${'['.repeat(3000)}1${']'.repeat(3000)}`;
    expect(() => readText(entry(`{a: {arguments: {x: ${deep}}}}`).trim(), 'yaml')).not.toThrow();
    const json = `{"table":{"schema":"s","name":"t"},"remote_relationships":[{"name":"n","definition":{"to_remote_schema":{"remote_schema":"r","lhs_fields":[],"remote_field":{"a":{"arguments":{"x":${deep}}}}}}}]}`;
    expect(() => readText(json, 'json')).not.toThrow();
  });

  /** How deep a value is read, and what is said of what is in it then. */
  function depthOf(value: ArgumentValue | undefined): [number, string] {
    let depth = 0;
    let inner = value;
    for (;;) {
      if (inner?.kind === 'list' && inner.items.length > 0) inner = inner.items[0];
      else if (inner?.kind === 'object') inner = inner.fields[0]?.value;
      else return [depth, inner?.kind ?? 'none'];
      depth++;
    }
  }

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a": ', '}'],
  ])('looks into no deeper %s than anyone writes', (_, open, close) => {
    const read = (depth: number) => {
      const value = `${open.repeat(depth)}1${close.repeat(depth)}`;
      const { definition } = onlyRelationship(readText(entry(`{a: {arguments: {x: ${value}}}}`)).model);
      if (definition?.kind !== 'to-remote-schema' || definition.remoteField.state !== 'present') return [];
      const list = definition.remoteField.value.steps[0]?.arguments;
      return depthOf(list?.state === 'present' ? list.value[0]?.value : undefined);
    };
    expect([read(200), read(201), read(400)]).toEqual([
      [200, 'literal'],
      [201, 'unknown'],
      [201, 'unknown'],
    ]);
  });

  it('follows no longer path than anyone writes', () => {
    const read = (steps: number) => {
      const path = `${'{a: {arguments: {}, field: '.repeat(steps - 1)}{a: {arguments: {}}}${'}}'.repeat(steps - 1)}`;
      const { definition } = onlyRelationship(readText(entry(path)).model);
      if (definition?.kind !== 'to-remote-schema' || definition.remoteField.state !== 'present') return 0;
      let length = 0;
      for (let at = definition.remoteField.value.steps[0]; at; at = at.child?.steps[0]) length++;
      return length;
    };
    expect([read(201), read(202), read(240)]).toEqual([201, 201, 201]);
  });

  it('stops at aliases that multiply', () => {
    const levels = Array.from({ length: 40 }, (_, level) =>
      level === 0 ? 'a0: &a0 {x: 1}' : `a${level}: &a${level} {x: *a${level - 1}, y: *a${level - 1}}`,
    );
    const { model } = readText(`${levels.join('\n')}\n${entry('{a: {arguments: *a39}}').trim()}`);
    expect(model.relationships.length).toBeLessThanOrEqual(1);
  });
});

it('of a key that is written twice in JSON the last one counts, as for the server', () => {
  const twice =
    '{"table": "t", "remote_relationships": [{"name": "r", "definition": {"to_remote_schema": {"remote_schema": "people", "lhs_fields": [], "remote_field": {"f": {"arguments": {"a": 1, "b": 2, "a": "$id"}}, "f": {"arguments": {"a": 3, "a": "$nr"}}}}}}]}';
  const { definition } = onlyRelationship(readText(twice, 'json', { role: 'table' }).model);
  if (definition?.kind !== 'to-remote-schema' || definition.remoteField.state !== 'present') {
    throw new Error('no remote field');
  }
  const steps = definition.remoteField.value.steps.map(({ name, arguments: list }) => [
    name.value,
    list.state === 'present' && list.value.map(({ value }) => value.kind === 'variable' && value.name),
  ]);
  expect(steps).toEqual([['f', ['nr']]]);
});
