import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  diagnosticAppears,
  diagnosticsBecome,
  eventually,
  fileUri,
  hoverText,
  open,
  ourDiagnostics,
  positionOf,
  sample,
  status,
} from './support.ts';

const book = 'metadata/databases/shop/tables/public_book.yaml';

describe('with several folders in one window', () => {
  it('every project is checked against its own schemas', async () => {
    await diagnosticAppears(await open(sample.invoice, 'samples'), 'unknown-remote-field at "reciepts"');
    const document = await open(book, 'library');
    await diagnosticAppears(document, 'unknown-argument at "isbnn"');
  });

  it('sources of the same name are kept apart', async () => {
    const { project, sources } = await status((await open(book, 'library')).uri);
    equal(project?.name, 'library');
    deepEqual(
      sources.map(({ name, uri }) => [name, uri]),
      [['shop', fileUri('schema/shop.tables.json', 'library').toString()]],
    );
  });

  it('the configuration file is described by its schema', async () => {
    const document = await open('remote-relationships.config.json', 'library');
    await eventually('its key is explained', async () => {
      const text = await hoverText(document.uri, positionOf(document, 'serverVersion', 1));
      return text.includes('Version of the Hasura GraphQL Engine');
    });
  });

  it('the folder without a project is left alone', async () => {
    const document = await open('pipeline.yaml', 'plain');
    await diagnosticAppears(await open(book, 'library'), 'unknown-argument at "isbnn"');
    await diagnosticsBecome(document, []);
    deepEqual(ourDiagnostics(document.uri), []);
  });
});
