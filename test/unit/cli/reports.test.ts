import { readFileSync } from 'node:fs';
import AjvDraft04 from 'ajv-draft-04';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parse as parseJunit } from 'junit2json';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import type { LintReport, ReportedFinding } from '../../../server/src/cli/report/finding.ts';
import { fileText, type ReportFormat, reportFormats } from '../../../server/src/cli/report/report.ts';
import { rules } from '../../../server/src/rules/list.ts';

const hostile = 'a "b" <i>&|::error::x%0A\u001b[2K\u202e[c](command:x) ]]> `d`';

const place = { file: 'metadata/a, b.yaml', line: 3, column: 5, endLine: 3, endColumn: 9 };

function finding(given: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    ...place,
    code: 'unknown-argument',
    severity: 'error',
    message: 'Remote field "person" has no argument "idd".',
    serverMessage: 'argument with name "idd" not found\nin remote schema',
    relationship: 'profile',
    sourceLine: '    idd: $id',
    related: [{ ...place, file: 'schema/people.graphql', message: 'It is declared here.' }],
    fixes: [{ title: 'Change to "id"', replacements: [{ ...place, text: 'id' }] }],
    ...given,
  };
}

function withoutServerMessage(given: Partial<ReportedFinding>): ReportedFinding {
  const { serverMessage: _, ...rest } = finding(given);
  return rest;
}

const report: LintReport = {
  findings: [
    finding(),
    finding({ severity: 'warning', code: 'duplicate-key', relationship: null, line: 9, endLine: 12 }),
    finding({
      severity: 'hint',
      file: 'b.yaml',
      related: [],
      fixes: [],
      message: hostile,
      relationship: hostile,
    }),
    finding({ severity: 'information', file: 'C:/d.yaml', serverMessage: hostile, sourceLine: '' }),
  ],
  files: ['metadata/a, b.yaml', 'b.yaml', 'C:/d.yaml', 'sound.yaml'],
  unchecked: 'checked 2 relationships; 1 against a known schema; source "x" unknown',
};
const nothing: LintReport = { findings: [], files: ['sound.yaml'], unchecked: undefined };

const text = (format: ReportFormat, of = report): string => fileText(reportFormats[format](of));
const formats = Object.keys(reportFormats) as ReportFormat[];

describe('a report', () => {
  it.each(formats)('as %s steers no terminal and turns no direction of reading', (format) => {
    expect(text(format)).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  });

  it.each(formats)('as %s of nothing names no place', (format) => {
    expect(text(format, nothing)).not.toMatch(/a, b\.yaml|a%2C|undefined/);
  });

  it('as JSON has the keys that other programs read, and no other', () => {
    expect(JSON.parse(text('json'))[0]).toEqual({
      ...place,
      code: 'unknown-argument',
      severity: 'error',
      message: 'Remote field "person" has no argument "idd".',
      serverMessage: 'argument with name "idd" not found\nin remote schema',
      relationship: 'profile',
    });
  });
});

describe('the text', () => {
  const lines = (given: Partial<ReportedFinding>): string[] =>
    text('text', { findings: [withoutServerMessage(given)], files: [], unchecked: undefined }).split('\n');

  it.each<[string, Partial<ReportedFinding>, string[]]>([
    ['the range', {}, ['  3 |     idd: $id', '    |     ^^^^']],
    ['a place without length', { endColumn: 5 }, ['  3 |     idd: $id', '    |     ^']],
    [
      'to the end of the line what goes on below',
      { endLine: 7 },
      ['  3 |     idd: $id', '    |     ^^^^^^^^'],
    ],
    [
      'what is wide',
      { sourceLine: '表: 名前', column: 4, endColumn: 6 },
      ['  3 | 表: 名前', '    |     ^^^^'],
    ],
    ['tabs as blanks', { sourceLine: '\t\tidd', column: 3, endColumn: 6 }, ['  3 |   idd', '    |   ^^^']],
    [
      'a part of a long line',
      { sourceLine: `${'x'.repeat(500)}idd${'y'.repeat(500)}`, column: 501, endColumn: 504 },
      [`  3 | …${'x'.repeat(60)}idd${'y'.repeat(57)}…`, `    | ${' '.repeat(61)}^^^`],
    ],
  ])('shows the line and underlines %s', (_, given, expected) => {
    expect(lines(given).slice(1, 3)).toEqual(expected);
  });

  it('shows no line that is empty', () => {
    expect(lines({ sourceLine: '  ' })[1]).toBe('1 error, 0 warnings, 0 other');
  });

  it('has a sum by code where there are many findings, and none where there are few', () => {
    const many = [...Array.from({ length: 10 }, () => finding()), finding({ code: 'duplicate-key' })];
    expect(text('text', { findings: many, files: [], unchecked: undefined })).toContain(
      '\n\n  10  unknown-argument\n   1  duplicate-key\n\n11 errors, ',
    );
    expect(text('text')).not.toMatch(/^ +\d+ {2}[a-z-]+$/m);
  });
});

describe('SARIF', () => {
  const schema = JSON.parse(readFileSync('test/fixtures/formats/sarif-2.1.0.schema.json', 'utf8'));
  const ajv = new AjvDraft04({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(schema);

  it.each([
    ['findings', report],
    ['nothing', nothing],
  ])('is valid by the official schema: %s', (_, of) => {
    validate(JSON.parse(text('sarif', of)));
    expect(validate.errors).toBeNull();
  });

  it('is held by that schema', () => {
    expect(validate({ version: '2.1.0', runs: [{ results: [{ level: 'fatal' }] }] })).toBe(false);
  });

  it('has every rule with its page, and says which one a finding is of', () => {
    const [run] = JSON.parse(text('sarif')).runs;
    const described: { id: string; helpUri: string }[] = run.tool.driver.rules;
    expect(described.map(({ id }) => id)).toEqual(expect.arrayContaining(rules.map(({ code }) => code)));
    for (const { id, helpUri } of described) expect(helpUri).toMatch(new RegExp(`/docs/rules/${id}\\.md$`));
    for (const result of run.results) expect(described[result.ruleIndex]?.id).toBe(result.ruleId);
  });

  it('has places, related places, fixes and what a finding is known by', () => {
    const [first, second, , last] = JSON.parse(text('sarif')).runs[0].results;
    const region = { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 };
    const artifactLocation = { uri: 'metadata/a%2C%20b.yaml', uriBaseId: '%SRCROOT%' };
    expect(first).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: { artifactLocation, region },
          logicalLocations: [{ name: 'profile', kind: 'remote relationship' }],
        },
      ],
      relatedLocations: [{ message: { text: 'It is declared here.' } }],
      fixes: [
        {
          description: { text: 'Change to "id"' },
          artifactChanges: [
            { artifactLocation, replacements: [{ deletedRegion: region, insertedContent: { text: 'id' } }] },
          ],
        },
      ],
    });
    expect(second.locations[0].logicalLocations).toBeUndefined();
    expect(last.locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'file:///C:/d.yaml' });
  });

  it('knows a finding by the same mark when lines are added above it, and two by different ones', () => {
    const marks = (findings: ReportedFinding[]): string[] =>
      JSON.parse(text('sarif', { ...report, findings })).runs[0].results.map(
        (result: { partialFingerprints: Record<string, string> }) =>
          result.partialFingerprints['remoteRelationships/v1'],
      );
    const [first, second] = marks([finding(), finding()]);
    expect(first).not.toBe(second);
    expect(marks([finding({ line: 40, endLine: 40 })])).toEqual([first]);
    expect(marks([finding({ message: 'another' })])).not.toEqual([first]);
  });
});

describe('the commands for GitHub', () => {
  /** As the documentation of workflow commands has it: a name, properties, a message, all on one line. */
  const command = /^::(error|warning|notice)(?: ((?:\w+=[^,:\r\n]*,?)+))?::([^\r\n]*)$/;
  const unescaped = (value: string): string =>
    value
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const commands = text('github')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, name, list = '', message = ''] = command.exec(line) ?? [];
      const properties = list.split(',').map((each) => each.split('='));
      return {
        name,
        properties: Object.fromEntries(properties.map(([key = '', value = '']) => [key, unescaped(value)])),
        message: unescaped(message),
      };
    });

  it('say each finding where it is', () => {
    expect(commands.map(({ name }) => name)).toEqual(['error', 'warning', 'notice', 'notice', 'notice']);
    expect(commands[0]).toEqual({
      name: 'error',
      properties: {
        file: 'metadata/a, b.yaml',
        line: '3',
        endLine: '3',
        col: '5',
        endColumn: '9',
        title: 'unknown-argument',
      },
      message:
        'Remote field "person" has no argument "idd".\nHasura: argument with name "idd" not found\nin remote schema',
    });
    expect(commands[3]?.properties).toMatchObject({ file: 'C:/d.yaml' });
  });

  it('give no columns for more than one line', () => {
    expect(Object.keys(commands[1]?.properties ?? {})).toEqual(['file', 'line', 'endLine', 'title']);
  });
});

describe('the code quality report for GitLab', () => {
  it('has what GitLab asks for, and no fingerprint twice', () => {
    const issues = JSON.parse(text('gitlab'));
    expect(issues[0]).toEqual({
      description: expect.stringMatching(/idd/),
      check_name: 'unknown-argument',
      fingerprint: expect.stringMatching(/^[\da-f]{64}$/),
      severity: 'major',
      location: {
        path: 'metadata/a, b.yaml',
        positions: { begin: { line: 3, column: 5 }, end: { line: 3, column: 9 } },
      },
    });
    expect(issues.map((issue: { severity: string }) => issue.severity)).toEqual([
      'major',
      'minor',
      'info',
      'info',
    ]);
    expect(new Set(issues.map((issue: { fingerprint: string }) => issue.fingerprint)).size).toBe(4);
  });
});

describe('JUnit', () => {
  it('has a suite for each file and a failure for each error', async () => {
    const parsed = await parseJunit(text('junit'));
    if (parsed === undefined || parsed === null || !('testsuite' in parsed)) throw new Error('no suites');
    expect(parsed).toMatchObject({ tests: 5, failures: 1 });
    expect(parsed.testsuite?.map(({ name, tests, failures }) => [name, tests, failures])).toEqual([
      ['metadata/a, b.yaml', 2, 1],
      ['b.yaml', 1, 0],
      ['C:/d.yaml', 1, 0],
      ['sound.yaml', 1, 0],
    ]);
    const [first, second] = parsed.testsuite?.[0]?.testcase ?? [];
    expect(first).toMatchObject({
      name: 'unknown-argument at 3:5 in profile',
      classname: 'metadata/a, b.yaml',
      failure: [{ type: 'unknown-argument', inner: expect.stringContaining('3:5: error: Remote field') }],
    });
    expect(second?.failure).toBeUndefined();
    expect(second?.['system-out']?.[0]).toContain('9:5: warning:');
  });
});

describe('Checkstyle', () => {
  it('has the errors of each file', () => {
    const xml = text('checkstyle');
    expect(XMLValidator.validate(xml)).toBe(true);
    const { checkstyle } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(xml);
    expect(checkstyle.file.map(({ name }: { name: string }) => name)).toEqual([
      'metadata/a, b.yaml',
      'b.yaml',
      'C:/d.yaml',
    ]);
    expect(checkstyle.file[0].error[0]).toEqual({
      line: '3',
      column: '5',
      severity: 'error',
      message:
        'Remote field "person" has no argument "idd". Hasura: argument with name "idd" not found in remote schema',
      source: 'remote-relationships.unknown-argument',
    });
  });

  it('holds what is no XML', () => {
    const { checkstyle } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(
      text('checkstyle'),
    );
    expect(checkstyle.file[1].error.message).toContain(
      'a "b" <i>&|::error::x%0A\\u001b[2K\\u202e[c](command:x) ]]>',
    );
  });
});

describe('Markdown', () => {
  const html = marked.parse(text('markdown'), { async: false });

  it('has a row for each finding, in which nothing of others is markup', () => {
    expect(html.match(/<tr>/g)).toHaveLength(5);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).toEqual(
      ['unknown-argument', 'duplicate-key', 'unknown-argument', 'unknown-argument'].map((code) =>
        expect.stringMatching(new RegExp(`^https://github\\.com/.*/${code}\\.md$`)),
      ),
    );
    expect(html).not.toMatch(/<i>|command:x"/);
    expect(html).toContain('1 error, 1 warning, 2 other');
  });

  it('has room for the first of very many', () => {
    const many = text('markdown', { ...report, findings: Array.from({ length: 600 }, () => finding()) });
    expect(many.match(/^\| /gm)).toHaveLength(501);
    expect(many).toContain('and 100 more');
  });
});
