import { boundedList, boundedName } from './boundedText.ts';
import { quoted, visible } from './foreignText.ts';
import { localized } from './localized.ts';
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
  const [first, second] = [
    missingOf(status.remoteSchemas, {
      one: (name) => localized`the remote schema ${name}`,
      some: (count, all) => localized`${count} of ${all} remote schemas`,
      both: () => localized`both remote schemas`,
      all: (count) => localized`all ${count} remote schemas`,
    }),
    missingOf(status.sources, {
      one: (name) => localized`the source ${name}`,
      some: (count, all) => localized`${count} of ${all} sources`,
      both: () => localized`both sources`,
      all: (count) => localized`all ${count} sources`,
    }),
  ].filter((text) => text !== undefined);
  return first !== undefined && second !== undefined ? localized`${first} and ${second}` : first;
}

/** `Use services/payments/schema.graphql for payments?`; `undefined` when there is nothing to use. */
export function candidatesQuestion(answers: readonly SchemaCandidatesAnswer[]): string | undefined {
  const found = answers.flatMap(({ part: { name }, candidates: [best, ...others] }) => {
    if (best === undefined) return [];
    const what = visible(boundedName(best.text));
    const whom = visible(boundedName(name));
    if (others.length === 0) return [localized`${what} for ${whom}`];
    return [
      others.length === 1
        ? localized`${what} or another for ${whom}`
        : localized`${what} or one of others for ${whom}`,
    ];
  });
  return found.length === 0 ? undefined : localized`Use ${boundedList(found)}?`;
}

interface Wording {
  one(name: string): string;
  some(count: number, all: number): string;
  both(): string;
  all(count: number): string;
}

function missingOf(schemas: readonly SchemaStatus[], text: Wording): string | undefined {
  const [first, ...others] = schemas.filter(({ state }) => state === 'missing');
  if (first === undefined) return undefined;
  if (others.length === 0) return text.one(quoted(first.name));
  const count = others.length + 1;
  if (count < schemas.length) return text.some(count, schemas.length);
  return count === 2 ? text.both() : text.all(count);
}
