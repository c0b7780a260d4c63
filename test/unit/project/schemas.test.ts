import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import schema from '../../../schemas/configuration.schema.json';
import { shownManifest } from '../../../scripts/manifest.ts';
import { readConfiguration } from '../../../server/src/project/configuration.ts';
import { configurableCodes } from '../../../server/src/project/knownSchemas.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

const manifest = shownManifest<typeof import('../../../package.json')>();

const { sources, remoteSchemas, endpoints, rules } = schema.properties;
const settings: Readonly<Record<string, Setting>> = Object.assign(
  {},
  ...manifest.contributes.configuration.map(({ properties }) => properties),
);

interface Setting {
  readonly order: number;
  readonly scope?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Setting>>;
  readonly additionalProperties?: unknown;
}

const endpoint = {
  url: 'https://hasura.example',
  adminSecretVariable: 'SECRET',
  protected: true,
  readOnly: false,
};

describe('the JSON Schema of the configuration', () => {
  it('has the keys the program reads', () => {
    const configuration = {
      $schema: 'x',
      serverVersion: 'latest',
      sources: { a: exampleOf(sources.additionalProperties.properties) },
      remoteSchemas: { a: exampleOf(remoteSchemas.additionalProperties.properties) },
      endpoints: { a: endpoint },
      remoteSchemaPermissions: true,
      placeholders: ['@@NAME@@'],
      rules: Object.fromEntries(
        rules.properties['missing-key'].enum.map((severity, index) => [configurableCodes[index], severity]),
      ),
    };
    expect(Object.keys(configuration).sort()).toEqual(Object.keys(schema.properties).sort());
    const { findings } = readConfiguration(parse(JSON.stringify(configuration), 'json'), configurableCodes);
    expect(findings).toEqual([]);
  });

  it('has the same endpoints as the setting, none of them with a secret', () => {
    const setting = settings['remoteRelationships.endpoints'];
    for (const { properties, additionalProperties } of [setting, endpoints].map(
      (each) => each?.additionalProperties as Setting,
    )) {
      expect(Object.keys(properties ?? {}).sort()).toEqual(Object.keys(endpoint).sort());
      expect(additionalProperties).toBe(false);
    }
    expect(setting?.scope).toBe('machine-overridable');
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toContain(
      'remoteRelationships.endpoints',
    );
  });

  it('agrees with the program on versions, and so does the setting', () => {
    const setting = settings['remoteRelationships.serverVersion'];
    for (const version of ['latest', '2.48', 'v2.8.4', 'v2.36.0-ce', '2', 'two', '', 'v2.x']) {
      const text = JSON.stringify({ serverVersion: version });
      const accepted = readConfiguration(parse(text, 'json'), []).findings.length === 0;
      expect([version, new RegExp(schema.properties.serverVersion.pattern).test(version)]).toEqual([
        version,
        accepted,
      ]);
      expect([version, new RegExp(setting?.pattern ?? '').test(version)]).toEqual([version, accepted]);
    }
  });
});

describe('the settings', () => {
  it('stand in an order, and say what each of their values means', () => {
    for (const { properties } of manifest.contributes.configuration) {
      const orders = Object.values(properties as Readonly<Record<string, Setting>>).map(({ order }) => order);
      expect(orders).toEqual(orders.map((_, index) => index));
    }
    for (const { enum: values, enumDescriptions } of Object.values(settings)) {
      expect(enumDescriptions ?? []).toHaveLength(values?.length ?? 0);
    }
  });

  it.each([
    ['the setting', settings['remoteRelationships.rules']],
    ['the configuration file', rules],
  ] as const)('complete the codes of rules, and turn none off by themselves: %s', (_, schema) => {
    expect(Object.keys(schema?.properties ?? {}).sort()).toEqual([...configurableCodes].sort());
    expect(schema).toMatchObject({ default: {}, additionalProperties: false });
    expect(schema).not.toHaveProperty('examples');
    expect(schema).not.toHaveProperty('defaultSnippets');
    for (const rule of Object.values<Pick<Setting, 'enum' | 'enumDescriptions'>>(schema?.properties ?? {})) {
      // An editor writes the only value there is, or the default; of several it opens the list.
      expect(rule).not.toHaveProperty('default');
      expect(rule.enum).toEqual(['error', 'warning', 'information', 'hint', 'off']);
      expect(rule.enumDescriptions).toHaveLength(5);
      expect(rule).toMatchObject({
        description: expect.stringMatching(/\. \((?:error|warning|information|hint)\)$/),
      });
    }
  });
});

describe('the page about the configuration', () => {
  it('shows examples the program accepts', () => {
    const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
    const examples = [...page.matchAll(/```(json|yaml)\n(.*?)```/gs)].filter(([, , text]) =>
      text?.includes('serverVersion'),
    );
    expect(examples).toHaveLength(2);
    for (const [, language, text] of examples) {
      const tree = parse(text ?? '', language === 'json' ? 'json' : 'yaml');
      const { configuration, findings } = readConfiguration(tree, configurableCodes);
      expect(findings).toEqual([]);
      expect(configuration.sources.get('default')?.tables?.text).toBe('schema/default.tables.json');
      expect(configuration.rules).toEqual({ 'unsupplied-required-argument': 'off' });
    }
  });
});

function exampleOf(properties: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.keys(properties).map((key) => [key, 'x']));
}
