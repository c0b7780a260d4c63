import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { problemsAfterEdit } from '../../../client/src/endpoint/ui/problemsAfterEdit.ts';
import type { InconsistentProblem } from '../../../common/src/metadataApi/inconsistency/inconsistentLocations.ts';

const text = `table: customer
remote_relationships:
  - name: profile
    definition: {}
  - name: tickets
    definition: {}
`;

function rangeOf(document: TextDocument, part: string) {
  const offset = document.getText().indexOf(part);
  return { start: document.positionAt(offset), end: document.positionAt(offset + part.length) };
}

function problem(document: TextDocument, name: string): InconsistentProblem {
  const item = `name: ${name}\n    definition: {}`;
  return {
    uri: document.uri,
    range: rangeOf(document, name),
    item: rangeOf(document, item),
    message: name,
    type: 'remote_relationship',
    related: [],
    key: name,
  };
}

describe('what a server said of a file that is edited', () => {
  it.each<[string, string, string, string[]]>([
    ['a line before both', 'table:', '# who\ntable:', ['profile', 'tickets']],
    ['in the line before', 'relationships:', 'relationships: # x', ['profile', 'tickets']],
    ['the name', 'profile', 'person', ['tickets']],
    ['below the name', 'definition: {}\n  - name: t', 'definition: {a: 1}\n  - name: t', []],
    ['within the definition', '{}\n  -', '{\n      a: 1\n    }\n  -', ['tickets']],
    ['two lines taken out before', 'table: customer\nremote', 'remote', ['profile', 'tickets']],
    ['a new item before', '- name: profile', '- name: a\n  - name: profile', ['tickets']],
    ['on the same line before', '  - name: tickets', '  -   name: tickets', ['profile']],
    ['behind both', '{}\n', '{}\n# end\n', ['tickets']],
  ])('%s', (_where, from, to, left) => {
    const before = TextDocument.create('file:///a.yaml', 'yaml', 1, text);
    const range = rangeOf(before, from);
    const problems = [problem(before, 'profile'), problem(before, 'tickets')];
    const after = TextDocument.create('file:///a.yaml', 'yaml', 2, text.replace(from, to));
    const kept = problemsAfterEdit(problems, { range, text: to });
    expect(kept.map(({ message }) => message)).toEqual(left);
    for (const { range: place, message } of kept) {
      expect(after.getText(place)).toBe(message);
    }
  });
});
