import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outdatedSchemas, overviewPath, ruleOverview } from '../../../scripts/ruleDocs.ts';
import { rules } from '../../../server/src/rules/list.ts';
import { projectCodes } from '../../../server/src/rules/projectCodes.ts';

const described = [...rules, ...projectCodes];
const codes = described.map(({ code }) => code);
const pages = readdirSync('docs/rules')
  .filter((name) => name !== 'README.md')
  .map((name) => name.replace(/\.md$/, ''));

describe('the list of rules', () => {
  it('has unique codes in kebab case', () => {
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(codes.filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
  });

  it('has a page for each code, and a code for each page', () => {
    expect(pages.toSorted()).toEqual(codes.toSorted());
  });

  it('has a test for each rule, by the name of its file', () => {
    const untested = rules.filter(({ code }) => {
      const file = `test/unit/rules/${code.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}.test.ts`;
      return !existsSync(file) || !readFileSync(file, 'utf8').includes(`\ndescribe('${code}`);
    });
    expect(untested.map(({ code }) => code)).toEqual([]);
  });

  it.each(described.map((entry) => [entry.code, entry] as const))(
    'describes %s by its title and its page',
    (code, { title, severity, specification }) => {
      const page = readFileSync(`docs/rules/${code}.md`, 'utf8');
      expect(title).toMatch(/\.$/);
      expect(page.split('\n', 1)[0]).toBe(`# ${code}`);
      expect(page).toContain(`Severity: ${severity}`);
      expect(page).toMatch(/^## Why$/m);
      expect(page).toContain(`"${code}": "off"`);
      for (const number of specification.filter((each) => /^R\d/.test(each)))
        expect(page).toMatch(new RegExp(`\\b${number}\\b`));
    },
  );

  it('is in the overview, and in the schemas of settings and configuration files', () => {
    expect(outdatedSchemas({ write: false }), 'run "npx node scripts/ruleDocs.ts"').toEqual([]);
    expect(readFileSync(overviewPath, 'utf8'), 'run "npx node scripts/ruleDocs.ts"').toBe(ruleOverview());
  });
});
