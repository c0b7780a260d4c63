import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json';
import schema from '../../../schemas/configuration.schema.json';
import { readConfiguration } from '../../../server/src/project/configuration.ts';
import { configurableCodes } from '../../../server/src/project/knownSchemas.ts';
import { parse } from '../../../server/src/syntax/parse.ts';

const { sources, remoteSchemas, endpoints, rules } = schema.properties;

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
      placeholders: ['@@NAME@@'],
      rules: Object.fromEntries(
        rules.additionalProperties.enum.map((severity, index) => [configurableCodes[index], severity]),
      ),
    };
    expect(Object.keys(configuration).sort()).toEqual(Object.keys(schema.properties).sort());
    const { findings } = readConfiguration(parse(JSON.stringify(configuration), 'json'), configurableCodes);
    expect(findings).toEqual([]);
  });

  it('has the same endpoints as the setting, none of them with a secret', () => {
    const setting = manifest.contributes.configuration.properties['remoteRelationships.endpoints'];
    for (const { properties, additionalProperties } of [setting, endpoints].map(
      (each) => each.additionalProperties,
    )) {
      expect(Object.keys(properties).sort()).toEqual(Object.keys(endpoint).sort());
      expect(additionalProperties).toBe(false);
    }
    expect(setting.scope).toBe('machine-overridable');
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toContain(
      'remoteRelationships.endpoints',
    );
  });

  it('agrees with the program on versions, and so does the setting', () => {
    const setting = manifest.contributes.configuration.properties['remoteRelationships.serverVersion'];
    for (const version of ['latest', '2.48', 'v2.8.4', 'v2.36.0-ce', '2', 'two', '', 'v2.x']) {
      const text = JSON.stringify({ serverVersion: version });
      const accepted = readConfiguration(parse(text, 'json'), []).findings.length === 0;
      expect([version, new RegExp(schema.properties.serverVersion.pattern).test(version)]).toEqual([
        version,
        accepted,
      ]);
      expect([version, new RegExp(setting.pattern).test(version)]).toEqual([version, accepted]);
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
