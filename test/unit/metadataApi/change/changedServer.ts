import type { Json } from '../../../../common/src/metadataApi/document/json.ts';
import { type Answer, type Answers, exported, inconsistent } from '../fakeServer.ts';

export type Relationships = Readonly<Record<string, Json>>;

export const success: Answer = { json: { message: 'success' } };
export const refusal: Answer = { status: 400, json: { path: '$.args', error: 'no', code: 'not-supported' } };
export const conflict: Answer = {
  status: 409,
  json: { path: '$', error: 'did not match', code: 'conflict' },
};
export const cut = new Error('socket hang up');

export const writes = ['pg_create_remote_relationship', 'pg_delete_remote_relationship', 'bulk'];

/** A server that has `before`, answers writes with `answer`, and has `after` from then on. */
export function serverOf(
  before: Relationships,
  answer: Answer | Error,
  after: Relationships | Error = before,
): Answers {
  let now: Relationships | Error = before;
  const write = () => {
    now = after;
    return answer;
  };
  return {
    ...Object.fromEntries(writes.map((type) => [type, write])),
    export_metadata: () => (now instanceof Error ? now : exported(now)),
    get_inconsistent_metadata: inconsistent(),
  };
}
