import { expect, it } from 'vitest';
import { pulledText } from '../../../common/src/metadataApi/pull/pulledText.ts';
import type { KeptPart } from '../../../common/src/metadataApi/pull/snapshotWriter.ts';

function kept(name: string, state: KeptPart['state'], reason = '', notes: readonly string[] = []): KeptPart {
  return { part: { what: 'source', name }, state, text: state, reason, notes, changed: undefined };
}

const missing = 'source "old": the server does not have it; its file is left as it is';

it.each<[string, readonly KeptPart[], readonly string[], string, string]>([
  ['all of it', [kept('a', 'written'), kept('b', 'written')], [], 'information', '2 written.'],
  ['nothing new', [kept('a', 'unchanged')], [], 'information', '1 unchanged.'],
  [
    'some of it',
    [kept('a', 'written'), kept('b', 'unchanged'), kept('c', 'failed', 'refused.')],
    [],
    'warning',
    '1 written, 1 unchanged, 1 failed: source "c": refused.',
  ],
  [
    'some of it, for the first time',
    [kept('a', 'written'), kept('b', 'failed', 'refused')],
    [],
    'warning',
    '1 written, 1 failed: source "b": refused.',
  ],
  [
    'nothing new, and not all of it',
    [kept('a', 'unchanged'), kept('b', 'failed', 'refused')],
    [],
    'warning',
    '1 unchanged, 1 failed: source "b": refused.',
  ],
  ['nothing', [kept('a', 'failed', 'refused')], [], 'error', '1 failed: source "a": refused.'],
  [
    'what was there when it was cancelled',
    [kept('a', 'written'), kept('b', 'cancelled', 'cancelled'), kept('c', 'cancelled', 'cancelled')],
    [],
    'information',
    '1 written, 2 cancelled.',
  ],
  [
    'less than there is to know',
    [kept('a', 'written', '', ['no foreign keys'])],
    [],
    'information',
    '1 written. Not everything could be read; see the log.',
  ],
  ['less than the project has', [kept('a', 'written')], [missing], 'information', `1 written. ${missing}.`],
  [
    'far too little',
    Array.from('abcdefgh', (name) => kept(name, 'failed', 'no')),
    [],
    'error',
    '8 failed: source "a": no; source "b": no; source "c": no; source "d": no; source "e": no; source "f": no; 2 more.',
  ],
])('says what was pulled: %s', (_, parts, notThere, severity, message) => {
  expect(pulledText(parts, notThere, 'db.example')).toEqual({
    severity,
    message: `Snapshots from db.example: ${message}`,
  });
});
