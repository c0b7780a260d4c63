import { describe, expect, it } from 'vitest';
import {
  readBulkAnswer,
  readErrorPath,
  readServerError,
  requestPlace,
} from '../../../common/src/metadataApi/http/serverError.ts';

describe('readErrorPath', () => {
  it.each([
    ['$', []],
    ['$.args', ['args']],
    ['$.args[0].args', ['args', 0, 'args']],
    ['$.args[12].args.remote_field', ['args', 12, 'args', 'remote_field']],
    ["$.args['a b'].c", ['args', 'a b', 'c']],
    ["$.args['a.b[0]'][3]", ['args', 'a.b[0]', 3]],
    ["$.args['it's']", ['args', "it's"]],
    ["$['']", ['']],
    ['$.args["a b"]', ['args', 'a b']],
    ["$.args.metadata.sources[1]['$x']", ['args', 'metadata', 'sources', 1, '$x']],
  ])('takes %s apart', (path, keys) => {
    expect(readErrorPath(path)).toEqual(keys);
  });

  it.each(['', 'args', '$args', '$.', '$[x]', "$['a", '$..a'])('knows that %j is no path', (path) => {
    expect(readErrorPath(path)).toBeUndefined();
  });
});

describe('requestPlace', () => {
  it.each([
    [['args'], { items: [], argumentKeys: [] }],
    [['args', 'definition', 'to_source'], { items: [], argumentKeys: ['definition', 'to_source'] }],
    [['args', 2, 'args', 'table'], { items: [2], argumentKeys: ['table'] }],
    [['args', 2, 'args', 0, 'args', 'x'], { items: [2, 0], argumentKeys: ['x'] }],
    [['args', 2, 'type'], { items: [2], argumentKeys: ['type'] }],
    [['args', 2], { items: [2], argumentKeys: [] }],
    [[], undefined],
    [['version'], undefined],
    [undefined, undefined],
  ])('of %j', (keys, expected) => {
    expect(requestPlace(keys)).toEqual(expected);
  });
});

describe('readServerError', () => {
  it('reads a rejected create', () => {
    const definition = { source: 's', table: { schema: 'public', name: 't' }, name: 'r', definition: {} };
    const error = readServerError({
      path: '$.args',
      error: 'Inconsistent object: in table "t": in remote relationship "r": no',
      code: 'invalid-configuration',
      internal: [{ type: 'remote_relationship', name: 'remote_relationship r', reason: 'no', definition }],
    });
    expect(error).toMatchObject({
      code: 'invalid-configuration',
      keys: ['args'],
      inconsistentObjects: [{ reason: 'no', subjects: [{ type: 'remote_relationship', definition }] }],
    });
  });

  it('takes the frame of a shape error away', () => {
    const message =
      'Error when parsing command create_remote_relationship.\nSee our documentation at https://hasura.io/x.\nInternal error message: key "definition" not found';
    expect(readServerError({ path: '$.args[0].args', error: message, code: 'parse-failed' })).toMatchObject({
      message,
      reason: 'key "definition" not found',
      keys: ['args', 0, 'args'],
    });
  });

  it.each([
    [{ code: 'bad-request', error: 'Schema inconsistency', path: '$', internal: [[{ reason: 'a' }]] }, ['a']],
    [{ code: 'metadata-warnings', error: 'e', internal: [{ message: 'm', name: 'n' }] }, []],
    [{ code: 'postgres-error', error: 'e', internal: { error: { message: 'm' } } }, []],
    [{ code: 'unexpected', error: 'e', internal: null }, []],
  ])('reads whatever stands in internal: %j', (body, reasons) => {
    expect(readServerError(body)?.inconsistentObjects.map(({ reason }) => reason)).toEqual(reasons);
  });

  it.each([
    undefined,
    null,
    'text',
    3,
    [],
    {},
    { error: 'Bad Gateway' },
    { error: { message: 'x' }, code: 'x' },
  ])('knows that %j is none of Hasura', (body) => {
    expect(readServerError(body)).toBeUndefined();
  });
});

describe('readBulkAnswer', () => {
  it('tells errors in a success from successes', () => {
    const answer = [
      { message: 'success' },
      { code: 'invalid-configuration', error: 'no', path: '$.args' },
      { is_consistent: true, inconsistent_objects: [] },
      null,
    ];
    expect(readBulkAnswer(answer)?.map(({ outcome }) => outcome)).toEqual([
      'done',
      'refused',
      'done',
      'done',
    ]);
  });

  it('is for lists only', () => {
    expect(readBulkAnswer({ message: 'success' })).toBeUndefined();
  });
});
