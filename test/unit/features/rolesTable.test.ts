import { marked } from 'marked';
import { expect, it } from 'vitest';
import { rolesTable } from '../../../server/src/features/clientRequests/rolesTable.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

const [node] = parse('a', 'yaml').roots;
if (node === undefined) throw new Error('no node');

it('has a table of the roles for each relationship', () => {
  const roles = [
    { role: 'user', state: 'reachable', reasons: [] },
    {
      role: 'a|b',
      state: 'unreachable',
      reasons: ['Role "a|b" has no select permission on table "[x](y)".', 'No.'],
    },
    { role: 'guest', state: 'unknown', reasons: ['A table that it joins is not known.'] },
  ] as const;
  expect(
    rolesTable([
      { name: 'profile', node, roles },
      { name: 'other', node, roles: [] },
    ]),
  ).toBe(`# Roles

## \`profile\`

| role | can follow it | why |
|---|---|---|
| \`user\` | yes |  |
| \`a\\|b\` | no | Role "a\\|b" has no select permission on table "\\[x\\](y)". No. |
| \`guest\` | not known | A table that it joins is not known. |

## \`other\`

The metadata speaks of no role but \`admin\`, which can follow it.
`);
});

const hostile = [
  '[a](command:x) ![b](https://x/y.png) <img src="https://x/z.png"> <a href="command:y">c</a> <https://x>',
  'https://x ftp://y www.z.de a@b.de mailto:a@b.de //z.de',
  '*a* _b_ ~~c~~ $d$ &lt; &#91;',
  '` | \\| \\` [d](command:z)',
  '[e]: command:x\n\n[e]\n# f',
];
it.each(hostile)('has names as text alone: %j', (text) => {
  const table = rolesTable([
    { name: text, node, roles: [{ role: text, state: 'unreachable', reasons: [`Role ${text}`, text] }] },
  ]);
  const html = String(marked.parse(table));
  expect(html.match(/<[a-z][^>]*>/g)).toEqual(
    [
      'h1',
      'h2',
      'code',
      'table',
      'thead',
      'tr',
      'th',
      'th',
      'th',
      'tbody',
      'tr',
      'td',
      'code',
      'td',
      'td',
    ].map((tag) => `<${tag}>`),
  );
  // Nor does anything that looks for addresses where the backslashes are gone.
  expect(table.replaceAll(/`+[^`]*`+/g, '').replaceAll('\\', '')).not.toMatch(/\/\/|[\w.]@/);
});

it('says that there is none', () => {
  expect(rolesTable([])).toBe('# Roles\n\nThere is no relationship here that can be read.\n');
});
