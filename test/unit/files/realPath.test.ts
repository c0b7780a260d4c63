import { describe, expect, it } from 'vitest';
import { realPath } from '../../../common/src/files/realPath.ts';

function failing(code: string): (path: string) => string {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

describe('the real path', () => {
  it('is what the system says', () => {
    expect(realPath('/a', { native: () => '/b', plain: failing('EIO') })).toBe('/b');
  });

  it.each(['EISDIR', 'EINVAL', 'UNKNOWN'])('is found link by link where the system fails: %s', (code) => {
    expect(realPath('/a', { native: failing(code), plain: () => '/b' })).toBe('/b');
  });

  it.each(['ENOENT', 'ENOTDIR'])('is not looked for a second time where there is nothing: %s', (code) => {
    expect(() => realPath('/a', { native: failing(code), plain: () => '/b' })).toThrow(code);
  });

  it('is unknown where neither way leads to it', () => {
    expect(() => realPath('/a', { native: failing('EISDIR'), plain: failing('EACCES') })).toThrow('EACCES');
  });
});
