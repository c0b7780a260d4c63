import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../server/src/rules/check.ts';
import type { Finding, Rule, RuleFinding } from '../../../server/src/rules/rule.ts';
import { defaultRuleSettings, type RuleSettings } from '../../../server/src/rules/settings.ts';
import { contextOf, findingsIn } from '../support/checkText.ts';

const rule = (code: string, check: Rule['check']): Rule => ({
  code,
  specification: [],
  title: code,
  severity: 'error',
  needs: 'document',
  check,
});
const at = (offset: number, message = 'found'): RuleFinding => ({ message, offset, length: 1 });

describe('the runner', () => {
  it('reports what the other rules found when one throws, also halfway', () => {
    const errors: string[] = [];
    const found = checkDocument(contextOf('a: 1\n'), defaultRuleSettings, {
      rules: [
        rule('first', (_, report) => {
          report(at(1));
          throw new Error('broken');
        }),
        rule('second', (_, report) => report(at(0))),
      ],
      onError: (code, error) => errors.push(`${code}: ${String(error)}`),
    });
    expect(found.map(({ code }) => code)).toEqual(['second', 'first']);
    expect(errors).toEqual(['first: Error: broken']);
  });

  it('sorts by place and says each thing once', () => {
    const found = checkDocument(contextOf('a: 1\n'), defaultRuleSettings, {
      rules: [
        rule('b', (_, report) => {
          report(at(2));
          report(at(2));
          report(at(2, 'another'));
          report(at(0));
        }),
        rule('a', (_, report) => {
          report(at(2));
          report({ ...at(2), length: 2 });
        }),
      ],
    });
    expect(found.map(({ code, offset, length, message }) => [code, offset, length, message])).toEqual([
      ['b', 0, 1, 'found'],
      ['a', 2, 1, 'found'],
      ['b', 2, 1, 'found'],
      ['b', 2, 1, 'another'],
      ['a', 2, 2, 'found'],
    ]);
  });

  it('lets the user decide severities, over those of a rule and of one finding', () => {
    const context = contextOf('a: 1\n');
    const list = [rule('x', (_, report) => report({ ...at(0), severity: 'information' }))];
    const severities = (setting: RuleSettings['severities']) =>
      checkDocument(context, { severities: setting, reportYamlSyntax: true }, { rules: list }).map(
        ({ severity }) => severity,
      );
    expect(severities({})).toEqual(['information']);
    expect(severities({ x: 'hint' })).toEqual(['hint']);
    expect(severities({ x: 'off' })).toEqual([]);
    const builtIn = [rule('constructor', (_, report) => report(at(0)))];
    expect(checkDocument(context, defaultRuleSettings, { rules: builtIn })).toHaveLength(1);
  });

  it('treats what the project found like its own findings', () => {
    const finding: Finding = {
      code: 'include-not-found',
      severity: 'error',
      message: 'm',
      serverMessage: undefined,
      offset: 0,
      length: 1,
      related: [],
      tags: [],
      relationship: undefined,
      fixes: [],
    };
    const check = (text: string, severities: RuleSettings['severities'] = {}) =>
      checkDocument(
        contextOf(text),
        { severities, reportYamlSyntax: true },
        { projectFindings: [finding] },
      ).map(({ code, severity }) => `${code} ${severity}`);
    expect(check('- a\n')).toEqual(['include-not-found error']);
    expect(check('- a\n', { 'include-not-found': 'hint' })).toEqual(['include-not-found hint']);
    expect(check('- a # remote-relationships-ignore-line include-not-found\n')).toEqual([]);
  });

  it('does not run what is turned off, and only YAML errors with `reportYamlSyntax`', () => {
    const ran: string[] = [];
    const list = ['x', 'y', 'yaml-syntax'].map((code) => rule(code, () => ran.push(code)));
    checkDocument(
      contextOf('a: 1\n'),
      { severities: { x: 'off' }, reportYamlSyntax: false },
      { rules: list },
    );
    expect(ran).toEqual(['y']);
  });

  it('finds nothing to say of files that are not of Hasura', () => {
    for (const text of ['', 'name: build\non: [push]\n', '- a\n- b\n', 'type: object\nargs: {}\n']) {
      expect(findingsIn(text)).toEqual([]);
    }
  });
});
