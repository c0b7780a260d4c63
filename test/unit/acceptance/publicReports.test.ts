import path from 'node:path';
import { expect, it } from 'vitest';
import { lint } from '../../../server/src/cli/lint.ts';
import { describeOutside } from '../../outside.ts';

/**
 * Small inputs after public reports. `profil` is a typing error in each that has it: that it is found shows that the
 * schema was read, whatever it is written in. The column `größe` makes its table inconsistent (R46).
 */

const users = 'metadata/databases/default/tables/public_users.yaml';
const readAll = [`${users}:1 warning inconsistent-table`, `${users}:9 error unknown-remote-field`];

const said: Readonly<Record<string, readonly string[]>> = {
  actions: [12, 13, 14].map((line) => `metadata/actions.yaml:${line} error action-relationship`),
  anchors: [
    ...['2 error unknown-table-key', '11 error unknown-remote-field', '16 error yaml-syntax'].map(
      (rest) => `metadata/databases/default/tables/public_a.yaml:${rest}`,
    ),
    ...['6 error yaml-syntax', '9 error unknown-table-key'].map(
      (rest) => `metadata/databases/default/tables/public_b.yaml:${rest}`,
    ),
    'metadata/databases/default/tables/public_c.yaml:13 error duplicate-relationship',
  ],
  'conflict-markers': [
    'metadata/databases/default/tables/public_orders.yaml:9 error unlisted-variable',
    `${users}:6 error yaml-syntax`,
  ],
  'helm-configmap': [],
  'helm-line': ['metadata.yaml:1134 error yaml-syntax'],
  'legacy-sdl': [...readAll, 'schema/api.graphql:2 hint schema-file'],
  'list-to-integer': [13, 21, 29, 32, 35].map(
    (line) => `metadata/remote_schemas.yaml:${line} warning column-type-mismatch`,
  ),
  'no-schema': [],
  'own-schema-customized': [
    '17 error unknown-type',
    '24 error unknown-remote-field',
    '25 error not-an-object-type',
  ].map((rest) => `metadata/remote_schemas.yaml:${rest}`),
  placeholders: [],
  relative: readAll.map((line) => `shared/${line}`),
  utf16: readAll,
  'wrapped-remote-schemas': [
    'metadata/databases/databases.yaml:1 error wrong-kind',
    'metadata/remote_schemas.yaml:1 error wrong-kind',
  ],
  'yml-file': [
    'config.yml:1 error yml-file',
    'metadata/databases/databases.yml:1 error yml-file',
    `${users}:9 error unknown-remote-field`,
    'metadata/remote_schemas.yml:1 error yml-file',
  ],
};

describeOutside('inputs after public reports', 'fixtures/faults', (folder) => {
  it.each(Object.entries(said))('%s', async (name, expected) => {
    const root = path.join(folder, name);
    const findings = await lint({
      paths: [root],
      configuration: undefined,
      workingDirectory: root,
      note: () => {},
    });
    expect(findings.map(({ file, line, severity, code }) => `${file}:${line} ${severity} ${code}`)).toEqual(
      expected,
    );
  });
});
