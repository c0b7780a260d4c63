import { describe, expect, it } from 'vitest';
import { readServerVersion } from '../../../common/src/serverVersion.ts';

/** How a version stands to 2.36.1. */
const below = { '2.36.1': false, '2.36.0': true };
const at = { '2.36.1': true, '2.36.2': false, '2.37.0': false, '3.0.0': false };
const above = { '2.36.1': true };

it.each<[string, Record<string, boolean>]>([
  ['2.36.0', below],
  ['v2.36.0', below],
  ['2.36', below],
  ['2.36.0-ce', below],
  ['v2.36.0-ce', below],
  ['v2.36.0-beta.2', below],
  ['v2.36.0+build.9', below],
  ['v2.36.0.cli-migrations-v3', below],
  ['v2.36-ce', below],
  [' v2.36.0\n', below],
  ['2.9.50', { '2.36.1': false, '2.36.0': false, '2.9.50': true, '2.10.0': false }],
  ['1.99.99', { '2.36.1': false, '2.0.0': false, '1.3.3': true }],
  ['v2.36.1', at],
  ['v2.36.1-ce', at],
  ['v2.36.1-cloud.1', at],
  ['2.36.2', above],
  ['2.36.10', { ...above, '2.36.9': true, '2.36.11': false }],
  ['2.37.0-ce', { ...above, '2.37.1': false }],
  ['2.100', { ...above, '2.99.9': true }],
  ['3.0.0', { ...above, '2.99.0': true, '3.0.1': false }],
  ['10.1', { ...above, '9.9.9': true, '10.2.0': false }],
])('%j is told from %j', (text, expected) => {
  const version = readServerVersion(text);
  const told = Object.keys(expected).map((asked) => {
    const [major = 0, minor = 0, patch = 0] = asked.split('.').map(Number);
    return [asked, version.atLeast(major, minor, patch)];
  });
  expect(Object.fromEntries(told)).toEqual(expected);
  expect(version.text).toBe(text);
});

it('without a patch number the first of the minor version is asked for', () => {
  expect(readServerVersion('2.36.0-ce').atLeast(2, 36)).toBe(true);
  expect(readServerVersion('2.36.4').atLeast(2, 36)).toBe(true);
  expect(readServerVersion('2.35.9').atLeast(2, 36)).toBe(false);
});

describe('counts as the newest', () => {
  it.each([
    'latest',
    'dev-2f9a1c3',
    '2f9a1c37d0',
    'v2',
    '2',
    '',
    '2.36 ce',
    'x2.36.0',
    'vv2.36.0',
    '2.x',
    '2..3',
  ])('%j', (text) => {
    const version = readServerVersion(text);
    expect(version.atLeast(99, 99, 99)).toBe(true);
    expect(version.text).toBe(text);
  });

  it('what nobody said', () => {
    const version = readServerVersion(undefined);
    expect(version.atLeast(99, 99, 99)).toBe(true);
    expect(version.text).toBe('latest');
  });
});
