import { describe, it } from 'vitest';
import { expectNothing } from '../support/checkText.ts';
import { rows } from './support/rows.ts';

describe('metadata-version', () => {
  rows([
    [
      'a version that does not exist',
      'version: ⟦4⟧\nsources: []\n',
      {
        code: 'metadata-version',
        message: 'Metadata has version 1, 2 or 3.',
        serverMessage: 'expected 1, 2 or 3, encountered 4',
      },
    ],
    [
      'version 3 without sources',
      'version: ⟦3⟧\nremote_schemas: []\n',
      {
        code: 'metadata-version',
        message: 'Metadata of version 3 needs "sources".',
        serverMessage: 'key "sources" not found',
      },
    ],
    [
      'version 2 without tables',
      'version: ⟦2⟧\nsources: []\n',
      {
        code: 'metadata-version',
        message: 'Metadata of version 1 and 2 needs "tables".',
        serverMessage: 'key "tables" not found',
      },
    ],
    [
      'version 1 without tables',
      'version: ⟦1⟧\nremote_schemas: []\n',
      { code: 'metadata-version', message: 'Metadata of version 1 and 2 needs "tables".', fixes: [] },
    ],
    [
      'a version that is not written yet',
      '⟦version⟧:\nsources: []\n',
      { code: 'metadata-version', message: 'Metadata of version 1 and 2 needs "tables".', fixes: [] },
    ],
    [
      'a document that lost its version',
      '⟦sources⟧: []\nremote_schemas: []\n',
      {
        code: 'metadata-version',
        serverMessage: 'key "tables" not found',
        fixed: 'version: 3\nsources: []\nremote_schemas: []\n',
      },
    ],
  ]);
  it.each([
    'version: 3\nsources: []\nremote_schemas: []\n',
    'version: 2\ntables: []\nremote_schemas: []\n',
    'resource_version: 3\nmetadata: { version: 3, sources: [] }\n',
  ])('is not reported: %s', (text) => expectNothing(text));
});
