import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { hover } from '../../../server/src/features/hover/hover.ts';
import { completeAt, contextAt, marker, surroundings } from './support.ts';

const around = {
  ...surroundings,
  location: { role: 'actions' as const },
  actionTypes: 'type Output { token: String! customerId: Int at: timestamptz }',
};

const actions = (relationship: string) => `actions:
  - name: confirm
    definition: { kind: synchronous, handler: "http://x" }
custom_types:
  objects:
    - name: Output
      relationships:
        - name: customer
${relationship.replaceAll(/^(?=.)/gm, '          ')}`;

describe('relationships of action types', () => {
  it.each([
    ['keys', `${marker}`, ['type', 'remote_table', 'field_mapping', 'source']],
    ['type', `type: ${marker}`, ['object', 'array']],
    ['source', `source: ${marker}`, ['default', 'helpdesk']],
    ['table', `source: helpdesk\nremote_table: ${marker}`, ['ticket']],
    ['table of the source default', `remote_table: { schema: ${marker} }`, ['public', 'sales']],
    [
      'field',
      `source: default\nremote_table: { schema: public, name: customer }\nfield_mapping: { ${marker} }`,
      ['token', 'customerId', 'at'],
    ],
    [
      'column',
      `source: default\nremote_table: { schema: public, name: customer }\nfield_mapping: { customerId: ${marker} }`,
      ['id', 'person_id', 'email'],
    ],
    [
      'column of the source default',
      `remote_table: { schema: public, name: customer }\nfield_mapping:\n  customerId: ${marker}`,
      ['id', 'person_id', 'email'],
    ],
  ])('complete the %s', (_, text, labels) => {
    const { labels: offered } = completeAt(actions(text), 'yaml', around);
    expect(offered.filter((label) => labels.some((one) => label.startsWith(one)))).not.toEqual([]);
    for (const label of labels) expect(offered.some((one) => one.includes(label))).toBe(true);
  });

  it.each([
    ['a field', `remote_table: customer\nfield_mapping: { custom${marker}erId: id }`, 'Int'],
    ['a column', `remote_table: customer\nfield_mapping: { customerId: i${marker}d }`, 'integer'],
    ['a table', `remote_table: custom${marker}er\nfield_mapping: { customerId: id }`, 'customer'],
  ])('explain %s', (_, text, words) => {
    const { context, offset } = contextAt(actions(text), 'yaml', around);
    const document = TextDocument.create('file:///file', 'yaml', 1, context.tree.text);
    const found = hover(context, offset, {
      markdown: true,
      positionAt: (at) => document.positionAt(at),
    });
    expect(JSON.stringify(found?.contents)).toContain(words);
  });
});
