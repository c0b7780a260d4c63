import { boundedList, boundedName } from './boundedText.ts';
import { quoted, visible } from './foreignText.ts';
import type { PullPart } from './metadataApi/pull/pullAll.ts';
import type { FileStatus, SchemaCandidatesAnswer, SchemaStatus } from './protocol.ts';

/** The sources and remote schemas of which nothing is known. */
export function missingParts({
  sources,
  remoteSchemas,
}: Pick<FileStatus, 'sources' | 'remoteSchemas'>): readonly PullPart[] {
  const missing = (what: PullPart['what'], schemas: readonly SchemaStatus[]): readonly PullPart[] =>
    schemas.filter(({ state }) => state === 'missing').map(({ name }) => ({ what, name }));
  return [...missing('source', sources), ...missing('remote-schema', remoteSchemas)];
}

/** `2 of 3 remote schemas and the source "shop"`; `undefined` when nothing is missing. */
export function missingText(status: Pick<FileStatus, 'sources' | 'remoteSchemas'>): string | undefined {
  const kinds = [
    missingOf('remote schema', status.remoteSchemas),
    missingOf('source', status.sources),
  ].filter((text) => text !== undefined);
  return kinds.length === 0 ? undefined : kinds.join(' and ');
}

/** `Use services/payments/schema.graphql for payments?`; `undefined` when there is nothing to use. */
export function candidatesQuestion(answers: readonly SchemaCandidatesAnswer[]): string | undefined {
  const found = answers.flatMap(({ part: { name }, candidates: [best, ...others] }) => {
    if (best === undefined) return [];
    const more = others.length === 0 ? '' : ` or ${others.length === 1 ? 'another' : 'one of others'}`;
    return [`${visible(boundedName(best.text))}${more} for ${visible(boundedName(name))}`];
  });
  return found.length === 0 ? undefined : `Use ${boundedList(found)}?`;
}

function missingOf(what: string, schemas: readonly SchemaStatus[]): string | undefined {
  const [first, ...others] = schemas.filter(({ state }) => state === 'missing');
  if (first === undefined) return undefined;
  if (others.length === 0) return `the ${what} ${quoted(first.name)}`;
  const count = others.length + 1;
  if (count < schemas.length) return `${count} of ${schemas.length} ${what}s`;
  return count === 2 ? `both ${what}s` : `all ${count} ${what}s`;
}
