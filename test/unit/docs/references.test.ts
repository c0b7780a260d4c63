import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Page, readPage } from '../../../scripts/markdown.ts';
import { serverDocs, serverDocsFolder } from '../../../scripts/serverDocs.ts';

/**
 * A reference to `docs/server` is, in TypeScript and Markdown:
 *
 * - a rule: `R` or `C` with digits, as a word of its own (`R15`, `R8–R10`);
 * - a section: a number after `spec`, `spec section` or `specification` and a blank, or one of a list that begins so
 *   (`spec 1.2, 1.4 and 9`, `spec 2.2–2.4`, `spec 7.1 (a)`); in `docs/server` itself after `section`, too;
 * - each text of `specification: […]` of a rule of ours.
 */
function referencesIn(text: string, inServerDocs = false): { name: string; line: number }[] {
  const found: { name: string; offset: number }[] = [];
  for (const { 0: name, index } of text.matchAll(/\b[RC]\d+\b/g)) found.push({ name, offset: index });
  // A comment may go on in the next line.
  const blank = String.raw`(?:[^\S\n]*\n)?[^\S\n]*(?:\*|//)?[^\S\n]*`;
  const section = String.raw`\d+(?:\.\d+)*(?:a\b)?(?: \([a-z]\))?`;
  const between = String.raw`${blank}(?:,|–|/|and\b|or\b|to\b)${blank}`;
  const start = String.raw`(?<![\w/.-])[Ss]pec(?:ification)?(?=\s)(?:${blank}sections?\b)?`;
  const own = String.raw`(?<![\w/.-])[Ss]ections?(?=\s)`;
  const list = new RegExp(
    `(?:${inServerDocs ? `${start}|${own}` : start})${blank}(${section}(?:${between}${section})*)`,
    'g',
  );
  for (const { 0: whole, 1: numbers = '', index } of text.matchAll(list)) {
    const offset = index + whole.length - numbers.length;
    for (const number of numbers.matchAll(new RegExp(section, 'g'))) {
      found.push({ name: number[0], offset: offset + number.index });
    }
  }
  for (const { 0: whole, 1: entries = '', index } of text.matchAll(/\bspecification: \[([^\]]*)\]/g)) {
    for (const entry of entries.matchAll(/'([^']*)'/g)) {
      found.push({ name: entry[1] ?? '', offset: index + whole.indexOf('[') + entry.index });
    }
  }
  return found.map(({ name, offset }) => ({ name, line: text.slice(0, offset).split('\n').length }));
}

const sources = globSync([
  '{client,common,server}/**/*.ts',
  '{bench,scripts,test}/**/*.ts',
  'docs/**/*.md',
  '*.md',
])
  .filter((file) => !file.includes('node_modules'))
  // The examples below.
  .filter((file) => path.resolve(file) !== import.meta.filename);

const pages = sources.filter((file) => file.endsWith('.md'));

const read = (file: string) => readFileSync(file, 'utf8');

const places = serverDocs();

/** `R1` to the last rule there is. */
function rulesTo(letter: string, atLeast: number): string[] {
  const numbers = [...places.keys()]
    .filter((name) => name.startsWith(letter))
    .map((name) => Number(name.slice(1)));
  return Array.from({ length: Math.max(atLeast, ...numbers) }, (_, index) => `${letter}${index + 1}`);
}

describe('a reference', () => {
  it.each<[string, string[]]>([
    ['/** R15, and (R8–R10) */', ['R15', 'R8', 'R10']],
    ["'R13, R33': what R15's quirk is", ['R13', 'R33', 'R15']],
    ['`[R36](../server/rules.md#r36)`', ['R36']],
    ['as the CLI does (C2)', ['C2']],
    ['(spec 4.3)', ['4.3']],
    ['The shapes of spec section 8.', ['8']],
    ['Spec 6.6 and 7.2.', ['6.6', '7.2']],
    ['(spec 1.6, 2.7, 6), alone', ['1.6', '2.7', '6']],
    ['(spec sections 1, 2 and 6)', ['1', '2', '6']],
    ['(spec 2.2–2.4), by spec 5.3/5.4', ['2.2', '2.4', '5.3', '5.4']],
    ['(spec 1.2 to 1.5)', ['1.2', '1.5']],
    ['as spec 7.1 (a) refuses it', ['7.1 (a)']],
    [' * see spec\n * 4.7a, and\n * R15', ['4.7a', 'R15']],
    ['// of spec section\n  // 10.1', ['10.1']],
    ["specification: ['R11', '2.5'],", ['R11', '2.5']],
    ["specification: [\n  '1.3',\n]", ['1.3']],
    // None: parts of words, versions, other numbers.
    ['xR1 R2D2 r15 #r15 R CRC32 C C# R1_a', []],
    ['since 2.46, (2.1), section 4.3 of a book', []],
    ['schema/spec/4.3 spec/exchanges.json aspec 4.3 specs 4', []],
    ['specification: [], specification: readonly string[]', []],
  ])('in %j', (text, names) => {
    const found = referencesIn(text).map(({ name }) => name);
    expect([...new Set(found)].toSorted()).toEqual(names.toSorted());
  });

  it('has a line', () => {
    expect(referencesIn('\n// (R1)\n\n/** spec 2.1 */')).toEqual([
      { name: 'R1', line: 2 },
      { name: '2.1', line: 4 },
    ]);
  });
});

describe('docs/server', () => {
  it.each([...rulesTo('R', 71), ...rulesTo('C', 16)])('has one place for %s, with an anchor', (name) => {
    const [place, ...others] = places.get(name) ?? [];
    expect(others).toEqual([]);
    const lines = read(`${serverDocsFolder}/${place?.page}`).split('\n');
    const heading = lines.findIndex((line) => line.startsWith(`### ${name} `));
    expect(lines[heading - 2]).toBe(`<a id="${name.toLowerCase()}"></a>`);
  });

  it('has one place for each section', () => {
    const sections = [...places].filter(([name]) => /^\d/.test(name));
    expect(sections.filter(([, { length }]) => length > 1)).toEqual([]);
    const chapters = sections.map(([name]) => name).filter((name) => /^\d+$/.test(name));
    expect(chapters.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 11 }, (_, index) => String(index + 1)),
    );
  });

  it('explains every tag of evidence', () => {
    const explained = [...read(`${serverDocsFolder}/README.md`).matchAll(/^\| \[([A-Z-]+)\] \|/gm)].map(
      ([, tag]) => tag,
    );
    expect(explained).not.toEqual([]);
    for (const page of pages.filter((file) => path.dirname(file) === serverDocsFolder)) {
      for (const [, tag] of read(page).matchAll(/\[([A-Z]+(?:-[A-Z]+)?)\](?![:(])/g))
        expect(explained, page).toContain(tag);
    }
  });
});

describe('references', () => {
  const references = sources.flatMap((file) =>
    referencesIn(read(file), path.dirname(file) === serverDocsFolder).map((reference) => ({
      file,
      ...reference,
    })),
  );

  it('are found in every kind of file, this one left out', () => {
    expect(sources.filter((file) => file.endsWith('references.test.ts'))).toEqual([]);
    for (const kind of ['server/', 'common/', 'test/', 'docs/rules/', 'docs/server/']) {
      const ofKind = references.filter(({ file }) => file.startsWith(kind));
      expect(
        ofKind.some(({ name }) => name.startsWith('R')),
        kind,
      ).toBe(true);
    }
    expect(references.some(({ file, name }) => file.endsWith('.ts') && /^\d/.test(name))).toBe(true);
  });

  it('lead to docs/server', () => {
    const lost = references.filter(({ name }) => !places.has(name));
    expect(lost.map(({ file, line, name }) => `${file}:${line}: ${name}`)).toEqual([]);
  });

  it('are links in the pages of the rules', () => {
    const bare = pages
      .filter((file) => path.dirname(file) === 'docs/rules')
      .flatMap((file) =>
        read(file)
          .split('\n')
          .flatMap((line, index) =>
            [...line.matchAll(/\b([RC])(\d+)\b(.{0,40})/g)]
              .filter(([, letter, number, after = '']) => {
                const page = letter === 'R' ? 'rules' : 'cli';
                return !after.startsWith(`](../server/${page}.md#${letter?.toLowerCase()}${number})`);
              })
              .map(([reference]) => `${file}:${index + 1}: ${reference}`),
          ),
      );
    expect(bare).toEqual([]);
  });
});

describe('links', () => {
  const readPages = new Map<string, Page>();
  function page(file: string): Page {
    const known = readPages.get(file) ?? readPage(read(file));
    readPages.set(file, known);
    return known;
  }
  /** What is wrong with a link; `undefined` when it leads somewhere, or out of the repository. */
  function mistakeOf(file: string, link: string): string | undefined {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return undefined;
    const [target = '', anchor] = decodeURI(link).split('#');
    const to = target === '' ? file : path.join(path.dirname(file), target);
    if (!existsSync(to)) return `${to} does not exist`;
    if (anchor === undefined || !to.endsWith('.md')) return undefined;
    const { headings, ids } = page(to);
    const found = ids.includes(anchor) || headings.some((heading) => heading.anchor === anchor);
    return found ? undefined : `${to} has no heading #${anchor}`;
  }

  it('are told from broken ones', () => {
    const file = 'docs/rules/README.md';
    for (const link of [
      'https://a.example/#x',
      '../server/rules.md#r15',
      '../server/rules.md#43-lhs-fields',
      '#files',
    ]) {
      expect(mistakeOf(file, link), link).toBeUndefined();
    }
    for (const link of ['../server/rules.md#r999', '../server/rule.md#r15', '#nothing', 'nothing.md']) {
      expect(mistakeOf(file, link), link).toBeDefined();
    }
  });

  it.each(pages)('of %s lead to a file and a heading', (file) => {
    const broken = page(file).links.flatMap((link) => {
      const mistake = mistakeOf(file, link);
      if (mistake === undefined) return [];
      const line =
        read(file)
          .split('\n')
          .findIndex((text) => text.includes(link)) + 1;
      return [`${file}:${line}: ${link}: ${mistake}`];
    });
    expect(broken).toEqual([]);
  });
});
