import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileText } from '../../../common/src/files/fileText.ts';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { TemporaryFolder } from '../project/temporaryFolder.ts';

const text = 'name: größe €😀\n';
const little = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const big = Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);

describe('the text of bytes', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-16 with its mark', little],
    ['UTF-16, the higher byte first', big],
    ['UTF-16 with half a character at the end', Buffer.concat([big, Buffer.from([0])])],
  ])('%s is read', (_, bytes) => {
    expect(fileText(bytes, '/a/b.yaml')).toEqual({ ok: true, text });
  });

  it.each([
    ['Latin-1', Buffer.from('a\nb: größe', 'latin1'), /not UTF-8.*Latin-1.*line 2/],
    ['UTF-16 without a mark', Buffer.from('a: b', 'utf16le'), /zero bytes/],
    ['git-crypt', Buffer.from('\0GITCRYPT\0\x01\x02', 'latin1'), /git-crypt/],
    ['a page', Buffer.from('\n<!DOCTYPE html>\n<html>'), /HTML page/],
    [
      'a page in UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<html>', 'utf16le')]),
      /HTML page/,
    ],
    ['XML', Buffer.from('<?xml version="1.0"?>'), /XML/],
    [
      'a pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'),
      /Git LFS pointer/,
    ],
    ['a vault', Buffer.from('$ANSIBLE_VAULT;1.1;AES256\n62\n'), /Ansible Vault/],
    ['a URL', Buffer.from('https://example.test/graphql\n'), /URL/],
  ])('%s is named', (_, bytes, message) => {
    const result = fileText(bytes, '/a/b.yaml');
    expect(result).toMatchObject({
      ok: false,
      problem: 'other-content',
      message: expect.stringMatching(message),
    });
    expect(result.ok ? '' : result.message).toMatch(/^The file "b\.yaml" /);
  });

  it.each([
    '',
    'version: 3\n',
    'https://a.test is a link',
    '# <html>\n',
    '{"a": "<html>"}',
    'type Query { a: Int }',
  ])('nothing else is: %j', (other) => {
    expect(fileText(Buffer.from(other), '/a')).toEqual({ ok: true, text: other });
  });

  it('is read so from disk', () => {
    const folder = new TemporaryFolder({});
    for (const name of ['.env', 'a.graphql', 'b.tables.json']) {
      writeFileSync(folder.file(name), little);
      expect(readRegularFile(folder.file(name))).toEqual({ ok: true, text });
    }
  });
});
