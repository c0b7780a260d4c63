import { describe, expect, it } from 'vitest';
import { covered, readText } from './support.ts';

/** Path and what its range covers. */
function includes(text: string): [string, string][] {
  const { model, tree } = readText(text);
  return model.includes.map((include) => [include.path, covered(tree, include)]);
}

describe('the path of an include', () => {
  it.each([
    ['!include public_a.yaml', 'public_a.yaml', 'public_a.yaml'],
    ['"!include public_a.yaml"', 'public_a.yaml', 'public_a.yaml'],
    ["'!include public_a.yaml'", 'public_a.yaml', 'public_a.yaml'],
    ['!include "public a.yaml"', 'public a.yaml', 'public a.yaml'],
    ['!include my db/a.yaml', 'my db/a.yaml', 'my db/a.yaml'],
    ['"!include my db/tables/tables.yaml"', 'my db/tables/tables.yaml', 'my db/tables/tables.yaml'],
    [`'!include "my db/a.yaml"'`, 'my db/a.yaml', 'my db/a.yaml'],
    ['"!include \\"my db/a.yaml\\""', 'my db/a.yaml', 'my db/a.yaml'],
    ['"!include  two.yaml"', ' two.yaml', ' two.yaml'],
    ['"see !include a.yaml"', '!include a.yaml', '!include a.yaml'],
    ['"!include /abs/a.yaml"', '/abs/a.yaml', '/abs/a.yaml'],
    ['"!include"', '', '"!include"'],
    ['"!include a\\"b.yaml"', 'a"b.yaml', '"!include a\\"b.yaml"'],
    ['"x!includea b.yaml"', 'b.yaml', 'b.yaml'],
    ['"!include \\u0061.yaml"', 'a.yaml', '"!include \\u0061.yaml"'],
  ])('%s', (written, path, range) => {
    expect(includes(`- ${written}\n- "!include last.yaml"`)[0]).toEqual([path, range]);
  });
});

describe('where includes are found', () => {
  it('below tables and functions of a source, and nowhere else in it', () => {
    const { model } = readText(`
- name: shop
  kind: postgres
  configuration: { url: "!include url.yaml" }
  tables: "!include shop/tables/tables.yaml"
  functions: !include shop/functions/functions.yaml
- name: helpdesk
  kind: postgres
  configuration: {}
  tables:
    - "!include a.yaml"
    - table: { schema: public, name: b }
      select_permissions: [!include permission.yaml]
`);
    expect(
      model.includes.map(({ path, section, source }) => [
        source?.name.state === 'present' ? source.name.value : undefined,
        section,
        path,
      ]),
    ).toEqual([
      ['shop', 'tables', 'shop/tables/tables.yaml'],
      ['shop', 'functions', 'shop/functions/functions.yaml'],
      ['helpdesk', 'tables', 'a.yaml'],
      ['helpdesk', 'tables', 'permission.yaml'],
    ]);
  });

  it('below those of a whole document, too', () => {
    const text = `{version: 3, sources: [{name: a, kind: postgres, configuration: {}, tables: "!include t.yaml"}], remote_schemas: "!include r.yaml"}`;
    expect(includes(text).map(([path]) => path)).toEqual(['t.yaml']);
  });

  it('anywhere in a file that may itself be included', () => {
    expect(
      includes(`
table: { schema: public, name: t }
select_permissions: "!include permissions.yaml"
remote_relationships:
  - name: a
    definition: !include a.yaml
configuration: { "!include key.yaml": 1 }
`).map(([path]) => path),
    ).toEqual(['permissions.yaml', 'a.yaml', 'key.yaml']);
  });

  it('where their letters are escaped', () => {
    expect(includes('table: t\nremote_relationships: "\\x21include a.yaml"').map(([path]) => path)).toEqual([
      'a.yaml',
    ]);
  });

  it('in the order of the text', () => {
    const text =
      'table: t\nselect_permissions: ["!include a", { b: "!include b" }, [!include c], "!include d"]';
    expect(includes(text).map(([path]) => path)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('once, where an anchor is used again', () => {
    expect(includes('- &a "!include a.yaml"\n- *a\n- "!include b.yaml"').map(([path]) => path)).toEqual([
      'a.yaml',
      'b.yaml',
    ]);
  });

  it('not in requests, nor in what is not Hasura’s', () => {
    expect(includes('{type: pg_track_table, args: {table: "!include a.yaml"}}')).toEqual([]);
    expect(includes('a: "!include a.yaml"')).toEqual([]);
  });

  it('stands for what nobody knows: no problem is reported of it', () => {
    const { model } = readText(`
- name: people
  definition: { url: x }
  remote_relationships: !include people/remote_relationships.yaml
- name: forum
  definition: { url: x }
  remote_relationships: ["!include forum.yaml"]
`);
    expect(model.shapeProblems).toEqual([]);
    expect(model.includes).toHaveLength(2);
    expect(model.includes[0]?.source).toBeUndefined();
  });
});
