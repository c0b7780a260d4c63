import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Memento, Uri } from 'vscode';
import { AdminSecrets } from '../../../client/src/endpoint/connection/adminSecrets.ts';
import { listEndpoints } from '../../../client/src/endpoint/connection/endpoints.ts';
import { IntrospectionAgreements } from '../../../client/src/endpoint/connection/introspectionAgreements.ts';
import { EndpointChoices } from '../../../client/src/endpointChoices.ts';
import { keepVersion, seenVersion } from '../../../client/src/seenVersions.ts';
import { Secret } from '../../../common/src/endpoint/secret.ts';
import { journalIn } from '../../../common/src/metadataApi/change/journal.ts';
import type { UndoEntry } from '../../../common/src/metadataApi/plan/undo.ts';
import manifest from '../../../package.json';
import { EndpointConsent } from '../../../server/src/cli/endpointConsent.ts';
import { readConfiguration } from '../../../server/src/project/configuration.ts';
import { configurableCodes } from '../../../server/src/project/knownSchemas.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

vi.mock('vscode', () => import('./fakeEvents.ts'));

/**
 * What a version has kept is what later ones find. Here it stands as that version wrote it: an entry is never changed, only
 * added to. Where a form has to become another one, the code that reads the old one is what makes this pass.
 */
const kept = {
  '0.1.0': {
    /** Files in `journal` of the extension's storage, and of the command line's directory for data. */
    journal: {
      '2026-11-01T10-00-00.000Z-11111111-1111-4111-8111-111111111111.json': `{
  "endpoint": "https://hasura.example.com",
  "at": "2026-11-01T10:00:00.000Z",
  "verb": "apply",
  "changes": [
    {
      "identity": {
        "owner": "table",
        "source": "shop",
        "table": {
          "schema": "public",
          "name": "customer"
        },
        "name": "person"
      },
      "before": null,
      "after": {
        "to_remote_schema": {
          "remote_schema": "people",
          "lhs_fields": [
            "id"
          ],
          "remote_field": {
            "person": {
              "arguments": {
                "id": "$id"
              }
            }
          }
        }
      }
    }
  ]
}`,
      '2026-11-01T10-00-01.000Z-22222222-2222-4222-8222-222222222222.json': `{
  "endpoint": "https://hasura.example.com",
  "at": "2026-11-01T10:00:01.000Z",
  "verb": "rename",
  "changes": [
    {
      "identity": { "owner": "table", "source": "shop", "table": "customer", "name": "person" },
      "before": { "to_source": { "source": "helpdesk" } },
      "after": null
    },
    {
      "identity": { "owner": "table", "source": "shop", "table": "customer", "name": "human" },
      "before": null,
      "after": { "to_source": { "source": "helpdesk" } }
    }
  ]
}`,
      '2026-11-01T10-00-02.000Z-33333333-3333-4333-8333-333333333333.0.json': `{
  "endpoint": "https://hasura.example.com",
  "at": "2026-11-01T10:00:02.000Z",
  "verb": "delete",
  "changes": [
    {
      "identity": { "owner": "remote-schema", "remoteSchema": "people", "typeName": "Person", "name": "orders" },
      "before": { "to_source": { "source": "shop" } },
      "after": null
    }
  ]
}`,
    },
    /** State of the workspace. */
    state: {
      'endpoint file:///projects/shop': {
        name: 'staging',
        url: 'https://hasura.example.com',
        paths: { metadata: 'v1/metadata' },
        protected: true,
        readOnly: false,
        secretSource: 'HASURA_GRAPHQL_ADMIN_SECRET in .env',
      },
      'endpoint file:///projects/other': {
        name: 'local',
        url: 'http://localhost:8080',
        paths: {},
        protected: false,
        readOnly: true,
        secretSource: null,
      },
      'serverVersion file:///projects/shop': '2.48.0',
      'introspection file:///projects/shop': [
        { origin: 'https://payments.example.com', variables: ['PAYMENTS_TOKEN', 'PAYMENTS_URL'] },
        { origin: 'http://localhost:4000', variables: [] },
      ],
    },
    secrets: { 'adminSecret https://hasura.example.com': 'only-an-example' },
    /** By name, with their scope. */
    settings: {
      serverVersion: ['resource', 'v2.48.0'],
      sources: ['resource', { shop: { kind: 'postgres', tables: 'schema/shop.tables.json' } }],
      remoteSchemas: ['resource', { people: { schema: ['people/*.graphql', 'base.graphql'] } }],
      placeholders: ['resource', ['@@NAME@@']],
      remoteSchemaPermissions: ['resource', true],
      rules: ['resource', { 'unused-lhs-field': 'off' }],
      endpoints: [
        'machine-overridable',
        {
          staging: { url: 'https://hasura.example.com', adminSecretVariable: 'STAGING', protected: true },
          production: { url: 'https://hasura.example.org', readOnly: true },
        },
      ],
      readOnly: ['machine-overridable', true],
      requestTimeout: ['machine-overridable', 60],
      codeLens: ['resource', false],
      codeLensTargets: ['resource', false],
      codeLensReferences: ['resource', false],
      'trace.server': ['window', 'verbose'],
    },
    /** `endpoints.json` in the configuration directory of the command line. */
    answers: {
      adminSecretFromEnvironment: { 'https://hasura.example.com': 'yes', 'http://other.example': 'no' },
    },
  },
} as const;

const endpoint = 'https://hasura.example.com';
const project = (name: string) => ({ toString: () => `file:///projects/${name}` }) as Uri;

let storage: string;
beforeEach(async () => {
  storage = await mkdtemp(path.join(tmpdir(), 'kept-'));
});
afterEach(() => rm(storage, { recursive: true, force: true }));

function memento(values: Map<string, unknown>): Memento {
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string) => values.get(key) as T | undefined,
    update: async (key: string, value: unknown) => void values.set(key, value),
  };
}

describe.each(Object.entries(kept))(
  'what %s has kept',
  (_, { journal, state, secrets, settings, answers }) => {
    const entries = Object.values(journal).map((text): UndoEntry => JSON.parse(text));

    async function journalOfThen() {
      await mkdir(path.join(storage, 'journal'));
      for (const [name, text] of Object.entries(journal)) {
        await writeFile(path.join(storage, 'journal', name), text);
      }
      return journalIn(storage);
    }

    it('the journal can be undone, entry after entry, and what was left open is', async () => {
      const found = await journalOfThen();
      expect((await found.unsettled(endpoint)).map(({ entry }) => entry)).toEqual([entries[2]]);
      for (const entry of entries.toReversed()) {
        const last = await found.last(endpoint);
        expect(last?.entry).toEqual(entry);
        await found.remove(last?.id ?? '');
      }
      expect(await found.last(endpoint)).toBeUndefined();
    });

    it('the journal goes on as it was', async () => {
      const [first] = Object.entries(journal);
      const [entry] = entries;
      const now = journalIn(storage);
      if (first === undefined || entry === undefined) throw new Error('There is no entry.');
      await now.settle(await now.add(entry));
      const [name = ''] = await readdir(path.join(storage, 'journal'));
      const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
      expect(name.replace(id, 'id')).toBe(first[0].replace(id, 'id'));
      expect(await readFile(path.join(storage, 'journal', name), 'utf8')).toBe(first[1]);
    });

    it('endpoints stay chosen', async () => {
      const choices = new EndpointChoices(memento(new Map(Object.entries(state))));
      expect(choices.any).toBe(true);
      expect(choices.get(project('shop'))).toEqual(state['endpoint file:///projects/shop']);
      expect(choices.get(project('other'))).toEqual(state['endpoint file:///projects/other']);
      expect(choices.get(project('new'))).toBeUndefined();
    });

    it('the version of a server is known', () => {
      expect(seenVersion(memento(new Map(Object.entries(state))), project('shop'))).toBe('2.48.0');
    });

    it('remote schemas that may be asked themselves are not asked about again', () => {
      const agreements = new IntrospectionAgreements(memento(new Map(Object.entries(state))));
      for (const agreement of state['introspection file:///projects/shop']) {
        expect(agreements.has(project('shop'), agreement)).toBe(true);
        expect(agreements.has(project('other'), agreement)).toBe(false);
        expect(agreements.has(project('shop'), { ...agreement, variables: ['HOME'] })).toBe(false);
      }
    });

    it('state goes on under its keys', async () => {
      const values = new Map<string, unknown>();
      const choices = new EndpointChoices(memento(values));
      for (const name of ['shop', 'other'] as const) {
        await choices.set(project(name), state[`endpoint file:///projects/${name}`]);
      }
      await keepVersion(memento(values), project('shop'), 'v2.48.0');
      const agreements = new IntrospectionAgreements(memento(values));
      for (const agreement of state['introspection file:///projects/shop'])
        await agreements.add(project('shop'), agreement);
      expect(Object.fromEntries(values)).toEqual(state);
    });

    it('admin secrets are found, and kept, under the key of their origin', async () => {
      const values = new Map<string, string>(Object.entries(secrets));
      const found = new AdminSecrets({
        get: async (key) => values.get(key),
        store: async (key, value) => void values.set(key, value),
        delete: async (key) => void values.delete(key),
      });
      expect((await found.get(endpoint))?.reveal()).toBe('only-an-example');
      await found.forget(endpoint);
      expect([...values]).toEqual([]);
      await found.keep(endpoint, new Secret('only-an-example', 'a box'));
      expect(Object.fromEntries(values)).toEqual(secrets);
    });

    it('settings have their names and scopes', () => {
      const properties: Readonly<Record<string, { readonly scope: string }>> = Object.assign(
        {},
        ...manifest.contributes.configuration.map((group) => group.properties),
      );
      for (const [name, [scope]] of Object.entries(settings)) {
        expect([name, properties[`remoteRelationships.${name}`]?.scope]).toEqual([name, scope]);
      }
    });

    it('settings mean what they meant', () => {
      const value = (name: keyof typeof settings) => settings[name][1];
      const names = [
        ...(['serverVersion', 'sources', 'remoteSchemas', 'rules', 'endpoints'] as const),
        ...(['placeholders', 'remoteSchemaPermissions'] as const),
      ];
      const text = JSON.stringify(Object.fromEntries(names.map((name) => [name, value(name)])));
      const { findings } = readConfiguration(parse(text, 'json'), configurableCodes);
      expect(findings).toEqual([]);
      const { endpoints, problems } = listEndpoints({
        cli: undefined,
        named: [{ value: value('endpoints'), from: 'the settings', ofRepository: false }],
        environment: { STAGING: 'only-an-example' },
      });
      expect(problems).toEqual([]);
      expect(endpoints.map((each) => [each.name, each.url, each.protected, each.readOnly])).toEqual([
        ['staging', 'https://hasura.example.com', true, false],
        ['production', 'https://hasura.example.org', true, true],
      ]);
      expect(endpoints[0]?.configuredSecret()?.reveal()).toBe('only-an-example');
    });

    it('answers on the command line are remembered, and kept as they were', async () => {
      const file = path.join(storage, 'endpoints.json');
      const text = `${JSON.stringify(answers, null, 2)}\n`;
      await writeFile(file, text);
      const consent = new EndpointConsent(file, { agrees: async () => undefined }, () => undefined);
      expect((await consent.of('https://hasura.example.com')).given).toBe(true);
      expect(await consent.of('http://other.example')).toEqual({ given: false, keptIn: file });
      await rm(file);
      const asked = new EndpointConsent(
        file,
        { agrees: async (question) => question.includes('hasura') },
        () => undefined,
      );
      for (const origin of Object.keys(answers.adminSecretFromEnvironment)) await asked.of(origin);
      expect(await readFile(file, 'utf8')).toBe(text);
    });
  },
);
