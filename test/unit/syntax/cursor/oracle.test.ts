import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { cursorAt, isKeyNode } from '../../../../server/src/syntax/cursor/cursor.ts';
import { nodeAt } from '../../../../server/src/syntax/nodes.ts';
import { parse } from '../../../../server/src/syntax/parse.ts';
import type { SyntaxLanguage, SyntaxNode } from '../../../../server/src/syntax/tree.ts';

/**
 * The scanners of half-written text work without a tree, so that they go on where none can be built. In sound text there
 * is one, and at every offset of a word both must say the same: key or value, and below which keys.
 */

const samples = fileURLToPath(new URL('../../../../samples', import.meta.url));

type Document = readonly [name: string, language: SyntaxLanguage, text: string];

const files: readonly Document[] = readdirSync(samples, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:ya?ml|json|http)$/.test(name))
  .map((name): Document => [name, languageOf(name), readFileSync(`${samples}/${name}`, 'utf8')])
  .filter(([, , text]) => text.length < 8000 && !/^(?:- "?!include.*\s*)+$/.test(text));

/** What else stands around words: comments, text that is none, quoted keys, anchors, a second document, odd blanks. */
const odd: Document = [
  'odd YAML',
  'yaml',
  `# a: comment
- &first
  'quoted key' : value # { not: a map }
  text: |
    key: inside
      - a text
  folded: >-
    more text
  "double": 'single'
- other:   [ one,two , "three" ]
  map: {a: b, "c": d,
    e: [ f ]}
  nothing:
-   wide:   1
    below: true
---
second:
- x
-   - y
    - z: w
`,
];

function languageOf(name: string): SyntaxLanguage {
  return name.endsWith('.json') ? 'json' : name.endsWith('.http') ? 'http' : 'yaml';
}

/** The same documents in the other ways one can write them. */
const documents = files.flatMap(([name, language, text]): Document[] => {
  if (language !== 'yaml') return [[name, language, text]];
  const value: unknown = parseYaml(text, { logLevel: 'silent' });
  return [
    [name, language, text],
    [`${name}, CRLF`, language, text.replaceAll('\n', '\r\n')],
    [`${name}, indented by 4`, language, stringify(value, { indent: 4, indentSeq: false })],
    [`${name}, flow`, language, stringify(value, { collectionStyle: 'flow' })],
    [`${name}, JSON`, 'json', JSON.stringify(value, null, 2)],
    [`${name}, compact JSON`, 'json', JSON.stringify(value)],
  ];
});

/** Keys that lead to a value, or to the object a key stands in; items of lists are not told apart. */
function placeOf(node: SyntaxNode): string {
  const steps: string[] = [];
  const from = isKeyNode(node) ? node.parent : node;
  for (let at = from; at?.parent !== undefined; at = at.parent) {
    steps.push(at.key === undefined ? '[]' : String(at.key.value));
  }
  return `${isKeyNode(node) ? 'key' : 'value'} ${steps.reverse().join('.')}`;
}

/** A word: of other scalars (texts with blanks, addresses) only a part is taken for one. */
const word = /^(["']?)[\w$.]+\1$/;

describe('at every offset of sound text, the scanners and the tree agree', () => {
  it.each([...documents, odd])('%s', (_, language, text) => {
    const tree = parse(text, language);
    expect(tree.problems).toEqual([]);
    const differences: string[] = [];
    let words = 0;
    for (let offset = 0; offset <= text.length; offset++) {
      const node = nodeAt(tree, offset);
      if (node === undefined || node.aliasOf !== undefined || node.tag !== undefined) continue;
      if (node.kind === 'object' || node.kind === 'array' || node.length === 0) continue;
      const written = text.slice(node.offset, node.offset + node.length);
      const cursor = cursorAt(text, language, offset);
      // Behind the closing quote no word goes on.
      const inside = !/^["']/.test(written) || (offset > node.offset && offset < node.offset + node.length);
      if (!word.test(written) || !inside) continue;
      words++;
      const found = cursor && placeOf(cursor.node);
      if (found !== placeOf(node)) {
        const shown = JSON.stringify(
          `${text.slice(Math.max(0, offset - 20), offset)}|${text.slice(offset, offset + 10)}`,
        );
        differences.push(`${shown}: ${found} instead of ${placeOf(node)}`);
      } else if (cursor?.start !== node.offset || cursor.end !== node.offset + node.length) {
        differences.push(`${written}: ${cursor?.start} to ${cursor?.end}`);
      }
    }
    expect(words).toBeGreaterThan(0);
    expect(differences).toEqual([]);
  });
});
