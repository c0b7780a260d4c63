import { isGraphqlName } from '../../../../../common/src/graphqlName.ts';
import type { CursorTarget } from '../../../join/cursorTarget.ts';
import type { Join } from '../../../join/joinPath.ts';
import { takenNames } from '../../../join/takenNames.ts';
import type { Relationship } from '../../../metadata/relationship.ts';
import { freeName } from '../../../metadata/relationshipName.ts';
import type { CandidateRequest } from '../candidate.ts';
import { type Candidate, textValue } from '../candidate.ts';

/** Names after what the relationship leads to, none that its table or type has already; to change or delete one, those there are. */
export function relationshipNameCandidates(
  { relationship, join }: Extract<CursorTarget, { kind: 'relationship-name' }>,
  request: CandidateRequest,
): Candidate[] {
  const { document, context, cursor } = request;
  if (relationship.request !== undefined && relationship.request.verb !== 'create') {
    return context.catalogue.relationshipNames(relationship.owner).map((name) => ({
      label: name,
      icon: 'value',
      detail: 'remote relationship',
      insert: textValue(name),
    }));
  }
  const others = document.model.relationships.filter(
    ({ node }) => cursor.start < node.offset || node.offset + node.length < cursor.start,
  );
  const isTaken = takenNames(context.catalogue, relationship, others);
  const names = wantedNames(join, relationship, request).map(({ name, detail }) => ({
    name: freeName(name.replaceAll(/[^_0-9A-Za-z]/g, '_'), isTaken),
    detail,
  }));
  return names
    .filter(({ name }) => isGraphqlName(name))
    .map(({ name, detail }) => ({ label: name, icon: 'value', detail, insert: textValue(name) }));
}

interface WantedName {
  readonly name: string;
  /** What it is the name of. */
  readonly detail: string;
}

function wantedNames(
  join: Join | undefined,
  { owner }: Relationship,
  { context: { catalogue } }: CandidateRequest,
): readonly WantedName[] {
  if (join?.kind === 'to-source') {
    const { table, source } = join.definition;
    return [
      ...(table.state === 'present' ? [{ name: table.value.name, detail: 'table' }] : []),
      ...(source.state === 'present' ? [{ name: source.value, detail: 'source' }] : []),
    ];
  }
  if (join !== undefined) {
    const { remoteSchema } = join.definition;
    return [
      ...join.path.toReversed().map(({ step }) => ({ name: step.name.value, detail: 'remote field' })),
      ...(remoteSchema.state === 'present' ? [{ name: remoteSchema.value, detail: 'remote schema' }] : []),
    ];
  }
  const own = owner.kind === 'remote-schema-type' ? owner.remoteSchema?.name : undefined;
  return catalogue.remoteSchemas
    .filter(({ name }) => name !== own)
    .map(({ name }) => ({ name, detail: 'remote schema' }));
}
