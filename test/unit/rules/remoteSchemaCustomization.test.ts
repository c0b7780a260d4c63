import { describe, it } from 'vitest';
import { expectFindings, expectNothing } from '../support/checkText.ts';
import { customized, known } from './support/customized.ts';
import { rows } from './support/rows.ts';

const code = 'remote-schema-customization';

describe('remote-schema-customization', () => {
  rows([
    [
      'a reserved name',
      customized('field_names: [{ parent_type: Query, mapping: { ⟦__typename⟧: x } }]'),
      {
        code,
        severity: 'error',
        serverMessage: 'Inconsistent object: attempt to customize reserved field name "__typename"',
      },
      { files: {} },
    ],
    [
      'two types of one name',
      customized('type_names: { mapping: { Person: X, Robot: ⟦X⟧ } }'),
      {
        code,
        message:
          'Types "Person" and "Robot" all become "X": the server drops this remote schema, and relationships to it fail.',
        serverMessage:
          'Inconsistent object: Type name mappings are not distinct; the following types appear more than once: "X"',
      },
      known,
    ],
    [
      'a type named as another one that keeps its name',
      customized('type_names: { mapping: { Person: ⟦Robot⟧ } }'),
      { code },
      known,
    ],
    [
      'a type named as a scalar',
      customized('type_names: { mapping: { Person: ⟦String⟧ } }'),
      { code },
      known,
    ],
    [
      'two fields of one name',
      customized('field_names: [{ parent_type: Query, mapping: { person: ⟦node⟧ } }]'),
      {
        code,
        serverMessage:
          'Inconsistent object: Field name mappings for object type "Query" are not distinct; the following fields appear more than once: "node"',
      },
      known,
    ],
    [
      'a field renamed on an interface alone',
      customized('field_names: [{ parent_type: Node, mapping: { title: ⟦x⟧ } }]'),
      {
        code,
        serverMessage:
          'Inconsistent object: Remote schema customization inconsistency: field name mapping for field "title" of interface "Node" is inconsistent with mapping for type "Person". Interface field name maps to "x". Type field name maps to "title".',
      },
      known,
    ],
    [
      'a field renamed on an object alone',
      customized('field_names: [{ parent_type: Robot, mapping: { title: ⟦x⟧ } }]'),
      { code },
      known,
    ],
    [
      'a prefix for the fields of an interface alone',
      customized('field_names: [⟦{ parent_type: Node, prefix: n_ }⟧]'),
      { code, severity: 'warning' },
      known,
    ],
  ]);

  it.each([
    [
      'a rename on interface and objects alike',
      'field_names: [{ parent_type: Node, mapping: { title: x } }, { parent_type: Person, mapping: { title: x } }, { parent_type: Robot, mapping: { title: x } }]',
    ],
    [
      'prefix and namespace',
      'root_fields_namespace: people\ntype_names: { prefix: P_ }\nfield_names: [{ parent_type: Query, prefix: p_ }]',
    ],
    ['a swap', 'type_names: { mapping: { Person: Robot, Robot: Person } }'],
    [
      'types that the schema does not have',
      'type_names: { mapping: { A: X, B: X } }\nfield_names: [{ parent_type: A, mapping: { a: b, c: b } }]',
    ],
    ['a name as a scalar that the schema may not have', 'type_names: { mapping: { Person: Float } }'],
  ])('says nothing of %s', (_, text) => expectNothing(customized(text), known));

  it('says nothing of an entry that another of the name takes the place of', () =>
    expectFindings(
      customized('type_names: { mapping: { Person: X, Robot: X } }') +
        customized('type_names: { mapping: { Person: Y, Robot: ⟦Y⟧ } }').replace(
          'name: people',
          'name: ⟦people⟧',
        ),
      [{ code: 'duplicate-remote-schema' }, { code, message: /"Y"/ }],
      known,
    ));

  it('says nothing of what else makes a remote schema inconsistent', () =>
    expectFindings(
      '- name: people\n  definition: { url: u, url_from_env: U }\n',
      [
        {
          code: 'remote-schema-definition',
          message: 'A remote schema has "url" or "url_from_env", not both.',
        },
      ],
      known,
    ));

  it('says nothing of an entry without a name', () =>
    expectFindings(
      customized('type_names: { mapping: { Person: X, Robot: X } }').replace('name: people\n  ', ''),
      [{ code: 'missing-key' }],
      { ...known, location: { role: 'remote-schemas' } },
    ));

  it('says nothing where the schema is not known', () =>
    expectNothing(customized('type_names: { mapping: { Person: X, Robot: X } }'), { files: {} }));

  it('says nothing of servers that know no customization', () =>
    expectNothing(customized('type_names: { mapping: { Person: X, Robot: X } }'), {
      ...known,
      serverVersion: '2.0.9',
    }));

  it('says nothing of an alias that is not known', () =>
    expectFindings(
      customized('type_names: { mapping: { Person: X, Robot: X, Node: "!include a.yaml" } }'),
      [],
      known,
    ));
});
