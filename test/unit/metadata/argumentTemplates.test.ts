import { describe, expect, it } from 'vitest';
import { lastStep, objectArgumentOf, templateOf } from '../../../server/src/metadata/argumentTemplates.ts';
import type { Definition } from '../../../server/src/metadata/relationship.ts';
import { onlyRelationship, readText } from './support.ts';

/** The definition whose remote field is written so. */
function definitionOf(remoteField: string): Definition | undefined {
  const definition = `{ to_remote_schema: { remote_schema: r, lhs_fields: [], remote_field: ${remoteField} } }`;
  return onlyRelationship(
    readText(`table: t\nremote_relationships: [{ name: n, definition: ${definition} }]`).model,
  ).definition;
}

const withArguments = (written: string) => definitionOf(`{ f: { arguments: ${written} } }`);

describe('the last field of a path', () => {
  it.each<[string, string | undefined]>([
    ['{ a: { arguments: {} } }', 'a'],
    ['{ a: {} }', 'a'],
    ['{ a: { arguments: {}, field: { b: { arguments: {} } } } }', 'b'],
    ['{ a: { arguments: {}, field: { b: { arguments: {}, field: { c: { arguments: {} } } } } } }', 'c'],
    ['{}', undefined],
    ['{ a: { arguments: {} }, b: { arguments: {} } }', undefined],
    ['{ a: { arguments: {}, field: {} } }', undefined],
    ['{ a: { arguments: {}, field: { b: {}, c: {} } } }', undefined],
    ['{ a: { arguments: {}, field: "!include f.yaml" } }', undefined],
    ['"!include f.yaml"', undefined],
    ['7', undefined],
  ])('%s', (remoteField, name) => {
    expect(lastStep(definitionOf(remoteField))?.name.value).toBe(name);
  });

  it('is none of a definition that leads to a source, or of none', () => {
    const { definition } = onlyRelationship(
      readText('table: t\nremote_relationships: [{ name: n, definition: { to_source: {} } }]').model,
    );
    expect(definition?.kind).toBe('to-source');
    expect([lastStep(definition), lastStep(undefined)]).toEqual([undefined, undefined]);
  });
});

describe('an argument that is an object', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['{ a: { x: 1 } }', 'a', '{x}'],
    ['{ a: {} }', 'a', '{}'],
    ['{ a: 1, b: { x: 1 }, c: { y: 1 } }', 'b', '{x}'],
    ['{ a: [{ x: 1 }] }', 'a', '{x}'],
    ['{ a: [[{ x: 1 }]] }', 'a', '{x}'],
    ['{ a: { y: 1, x: $id } }', 'a', '{x y}'],
    ['{ a: { y: { c: 1, b: 2 }, x: [{ d: 1 }], z: [1] } }', 'a', '{x{d} y{b c} z}'],
    // Values make no difference.
    ['{ a: { y: [{ b: 1 }, { c: 2 }] } }', 'a', '{y}'],
    ['{ a: [{ x: 1 }, { x: 2 }] }', undefined, undefined],
    ['{ a: [] }', undefined, undefined],
    ['{ a: [1] }', undefined, undefined],
    ['{ a: text, b: $id, c: 1, d: null }', undefined, undefined],
    ['{}', undefined, undefined],
    ['"!include a.yaml"', undefined, undefined],
  ])('among %s', (written, name, template) => {
    const argument = objectArgumentOf(withArguments(written));
    expect(argument?.name.value).toBe(name);
    const written0 = argument && templateOf([argument]);
    expect(written0).toBe(name === undefined ? undefined : `{${name}${template}}`);
  });
});
