import fc, { type Arbitrary } from 'fast-check';

/**
 * What is done, as data: a step means something in whatever state it is taken, so that any of them can be left out. Files
 * and places are numbers, taken modulo what there is.
 */
export type Step =
  /** Replaces `remove` units by a text, at once or as one types it. Opens the file when it is not open. */
  | {
      readonly do: 'edit';
      readonly file: number;
      readonly at: Place;
      readonly remove: number;
      readonly text: string;
      readonly typed: boolean;
    }
  /** Some lines. */
  | {
      readonly do: 'lines';
      readonly file: number;
      readonly at: Place;
      readonly count: number;
      readonly how: 'cut' | 'double' | 'down' | 'up' | 'indent' | 'outdent' | 'comment';
    }
  /** A piece of another file. */
  | {
      readonly do: 'paste';
      readonly file: number;
      readonly at: Place;
      readonly from: number;
      readonly fromAt: Place;
      readonly length: number;
    }
  /** Half of this file, and the other half of another. */
  | {
      readonly do: 'splice';
      readonly file: number;
      readonly at: Place;
      readonly from: number;
      readonly fromAt: Place;
    }
  /** A word for one that stands elsewhere. */
  | { readonly do: 'word'; readonly file: number; readonly at: Place; readonly fromAt: Place }
  | { readonly do: 'newlines'; readonly file: number }
  /** As it was in the beginning. */
  | { readonly do: 'restore'; readonly file: number; readonly where: 'editor' | 'disk' }
  | { readonly do: 'open' | 'close' | 'save'; readonly file: number }
  /** A new text on the disk, made by an edit of the old. */
  | {
      readonly do: 'write';
      readonly file: number;
      readonly at: Place;
      readonly remove: number;
      readonly text: string;
    }
  | { readonly do: 'delete'; readonly file: number; readonly folder: boolean }
  | { readonly do: 'rename'; readonly file: number; readonly to: number }
  | { readonly do: 'settings' | 'folders'; readonly which: number }
  /** Takes what a request answers with, and applies it. */
  | {
      readonly do: 'accept';
      readonly what: 'completion' | 'action' | 'fix-all' | 'definition' | 'new-name';
      readonly file: number;
      readonly at: Place;
      readonly which: number;
    }
  | { readonly do: 'ask'; readonly file: number; readonly at: Place; readonly which: number };

/** A place in a text: a fraction of it, moved to where something begins. */
export interface Place {
  readonly part: number;
  readonly near: 'anywhere' | 'line' | 'line-end' | 'word' | 'word-end' | 'colon' | 'dollar';
}

const place: Arbitrary<Place> = fc.record({
  part: fc.nat(999_999),
  near: fc.constantFrom('anywhere', 'line', 'line-end', 'word', 'word-end', 'colon', 'dollar'),
});

/** What is written in such files, and what never should be. */
const texts = [
  ...[
    '',
    '',
    '',
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '\n  ',
    '\n- ',
    '\n    - ',
    ': ',
    ':',
    '- ',
    ',',
    '"',
    "'",
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '{ ',
    ' }',
    '[]',
    '{}',
    '$',
    '$id',
    '$person_id',
    '#',
    '# ',
    '//',
    '/*',
    '*/',
    '&a ',
    '*a',
  ],
  ...[
    '<<: *a',
    '|',
    '>-',
    '---\n',
    '...\n',
    '!include ',
    '!include public_order.yaml',
    '"!include x.yaml"',
    '? ',
  ],
  ...[
    '%',
    '@',
    '`',
    '\\',
    '\\u00',
    '~',
    'null',
    'true',
    '0',
    '-1',
    '1e999',
    '.inf',
    '0x1F',
    '""',
    "''",
    '"""',
  ],
  ...['customer', 'order', 'people', 'default', 'id', 'person_id', 'name', 'name: x\n', 'table: customer\n'],
  ...[
    'remote_relationships:\n',
    'remote_relationships',
    'definition:\n',
    'to_remote_schema:\n',
    'to_source:',
  ],
  ...[
    'remote_field:',
    'arguments:',
    'lhs_fields: [',
    'field_mapping: { id: id }',
    'relationship_type: array\n',
  ],
  ...[
    'remote_schema: people\n',
    'version: 3\n',
    'version: 2\n',
    'metadata_directory: metadata\n',
    'sources: []\n',
  ],
  ...[
    'remote_schemas:\n',
    'relationships:\n',
    'type_name: Person\n',
    'hasura_fields: [id]',
    'kind: bigquery\n',
  ],
  ...[
    '"type": "bulk"',
    '"args": {',
    '"definition": {',
    'pg_create_remote_relationship',
    'replace_metadata',
    '###\n',
  ],
  ...[
    'POST /v1/metadata\n',
    'GET /v1/version\n\n',
    'Content-Type: application/json\n',
    '{{secret}}',
    '@host = x\n',
  ],
  ...[
    'type Query {',
    'extend type Query { a: Int }',
    'input X { a: X }',
    'scalar S\n',
    '!',
    ']!',
    '(a: Int = 1)',
  ],
  ...[
    '@deprecated',
    'interface',
    'union U = A | B',
    '__typename',
    '"""\n',
    '# remote-relationships-ignore-file x\n',
  ],
  ...[
    '# remote-relationships-ignore-next-line unknown-table\n',
    '<<<<<<< ours\n',
    '=======\n',
    '>>>>>>> theirs\n',
  ],
  ...[
    '{{ if .x }}',
    '\u0024{VAR}',
    '\ufeff',
    '\u0000',
    '\u2028',
    '\u0085',
    'é',
    'e\u0301',
    '😀',
    '\ud83d',
    '\u202e',
    'ß',
    '…',
  ],
  ...[
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    '[](command:x)',
    '<img>',
    '\u001b[31m',
    '../',
    '..',
  ],
];

const text: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...texts) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...texts), { minLength: 2, maxLength: 6 }).map((all) => all.join('')),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.nat(0xffff), { maxLength: 3 }).map((units) => String.fromCharCode(...units)),
  },
);

const file = fc.nat(9999);
/** Short far more often than long. */
const remove = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.nat(4) },
  { weight: 2, arbitrary: fc.nat(40) },
  { weight: 1, arbitrary: fc.nat(800) },
);

const weighted: readonly (readonly [number, Arbitrary<Step>])[] = [
  [28, fc.record({ do: fc.constant('edit'), file, at: place, remove, text, typed: fc.constant(false) })],
  [3, fc.record({ do: fc.constant('edit'), file, at: place, remove, text, typed: fc.constant(true) })],
  [
    9,
    fc.record({
      do: fc.constant('lines'),
      file,
      at: place,
      count: fc.integer({ min: 1, max: 12 }),
      how: fc.constantFrom('cut', 'double', 'down', 'up', 'indent', 'outdent', 'comment'),
    }),
  ],
  [
    5,
    fc.record({
      do: fc.constant('paste'),
      file,
      at: place,
      from: file,
      fromAt: place,
      length: fc.nat(300),
    }),
  ],
  [1, fc.record({ do: fc.constant('splice'), file, at: place, from: file, fromAt: place })],
  [8, fc.record({ do: fc.constant('word'), file, at: place, fromAt: place })],
  [1, fc.record({ do: fc.constant('newlines'), file })],
  [7, fc.record({ do: fc.constant('restore'), file, where: fc.constantFrom('editor', 'disk') })],
  [5, fc.record({ do: fc.constantFrom('open', 'close', 'save'), file })],
  [4, fc.record({ do: fc.constant('write'), file, at: place, remove, text })],
  [1, fc.record({ do: fc.constant('delete'), file, folder: fc.boolean() })],
  [1, fc.record({ do: fc.constant('rename'), file, to: file })],
  [1, fc.record({ do: fc.constantFrom('settings', 'settings', 'folders'), which: fc.nat(99) })],
  [
    8,
    fc.record({
      do: fc.constant('accept'),
      what: fc.constantFrom('completion', 'completion', 'action', 'fix-all', 'definition', 'new-name'),
      file,
      at: place,
      which: fc.nat(999),
    }),
  ],
  [10, fc.record({ do: fc.constant('ask'), file, at: place, which: fc.nat(999) })],
];

/** A sequence of steps. */
export function stepsArbitrary(length: number): Arbitrary<readonly Step[]> {
  const step = fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })));
  return fc.array(step, { minLength: 1, maxLength: length, size: 'max' });
}

const nearby: Readonly<Record<Exclude<Place['near'], 'anywhere'>, RegExp>> = {
  line: /^/gm,
  'line-end': /$/gm,
  word: /\b(?=\w)/g,
  'word-end': /\b(?<=\w)/g,
  colon: /(?<=:[ \t]?)/g,
  dollar: /\$/g,
};

/** The offset of a place in a text: of what is asked for, the first from there on. */
export function offsetOf({ part, near }: Place, text: string): number {
  const offset = Math.floor((part / 1_000_000) * (text.length + 1));
  if (near === 'anywhere') return offset;
  const pattern = nearby[near];
  pattern.lastIndex = offset;
  return pattern.exec(text)?.index ?? offset;
}
