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

it('says that there is none', () => {
  expect(rolesTable([])).toBe('# Roles\n\nThere is no relationship here that can be read.\n');
});
