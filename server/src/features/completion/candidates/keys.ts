import type { CursorTarget } from '../../../join/cursorTarget.ts';
import { pathStepOf } from '../../../join/surroundings.ts';
import {
  keyNames,
  legacyKeys,
  lhsFieldsKeys,
  type ObjectSchema,
  relationshipItem,
  remoteFieldNode,
  type SchemaKey,
  type SchemaType,
  strictDefinition,
  toRemoteSchema,
  toSource,
} from '../../../metadata/metadataSchema.ts';
import { propertyNames } from '../../../syntax/nodes.ts';
import type { CandidateRequest } from '../candidate.ts';
import { type Candidate, member } from '../candidate.ts';
import {
  choice,
  listOf,
  literalStop,
  type Member,
  objectOf,
  openObject,
  type Skeleton,
  stop,
} from '../skeleton.ts';

const deepest = 2;
const unified = keyNames(strictDefinition.keys);
const legacy = keyNames(legacyKeys);

/** Keys of a shape that are not there yet, required ones first, each with the skeleton of its value. */
export function keyCandidates(
  target: Extract<CursorTarget, { kind: 'key' }>,
  { cursor }: CandidateRequest,
): Candidate[] {
  const present = new Set(target.object.kind === 'object' ? propertyNames(target.object) : []);
  const fitting = target.shape.keys.filter(
    (key) => !present.has(key.name) && !isExcluded(key.name, target, present),
  );
  const ordered = [...fitting.filter((key) => key.required), ...fitting.filter((key) => !key.required)];
  const candidates = ordered.map(
    (key): Candidate => ({
      label: key.name,
      icon: 'key',
      detail: key.required ? 'required' : undefined,
      documentation: key.documentation,
      insert: member(key.name, skeletonOf(key.value, 0)),
    }),
  );
  return target.shape === relationshipItem &&
    present.size <= 1 &&
    !cursor.colonFollows &&
    ordered.length === 2
    ? [...candidates, ...wholeRelationships]
    : candidates;
}

function wholeRelationship(label: string, form: string, shape: ObjectSchema): Candidate {
  const body = skeletonOf({ kind: 'object', shape }, 0);
  return {
    label,
    icon: 'key',
    detail: form,
    insert: {
      kind: 'members',
      members: [
        ['name', stop],
        ['definition', objectOf([form, body])],
      ],
    },
  };
}

/** Keys that are of another form than what stands there, or that can't lead anywhere. */
function isExcluded(
  key: string,
  { shape, object, join }: Extract<CursorTarget, { kind: 'key' }>,
  present: ReadonlySet<string>,
): boolean {
  const has = (names: readonly string[]) => names.some((name) => present.has(name));
  if (shape === remoteFieldNode && key === 'field') {
    const returns = pathStepOf(join, object)?.returns;
    return returns !== undefined && returns.kind !== 'object';
  }
  const forms = shape.keys.some((candidate) => candidate.name === lhsFieldsKeys.legacy);
  if (unified.includes(key)) return has(unified) || (forms && has(legacy));
  if (forms && legacy.includes(key)) return has(unified) || present.has('definition');
  if (forms && key === 'definition') return has(legacy);
  return false;
}

function skeletonOf(value: SchemaType, depth: number): Skeleton {
  switch (value.kind) {
    case 'object': {
      const members = depth < deepest ? value.shape.keys.filter(isInSkeleton).map(memberOf(depth)) : [];
      return members.length === 0 ? openObject : objectOf(...members);
    }
    case 'list':
      // Quotes come with the name that is chosen: an empty name would be a mistake.
      if (value.of.kind === 'lhs-field') return listOf(literalStop());
      return listOf(value.of.kind === 'other-object' ? openObject : skeletonOf(value.of, depth));
    case 'one-or-list':
      return skeletonOf(value.of, depth);
    case 'remote-field':
    case 'arguments':
    case 'field-mapping':
    case 'other-object':
    case 'arguments-of-command':
      return openObject;
    case 'relationship-type':
      return choice('object', 'array');
    case 'boolean':
      return literalStop('true', 'false');
    case 'number':
      return literalStop('1');
    default:
      return stop;
  }
}

function isInSkeleton(key: SchemaKey): boolean {
  return key.required;
}

function memberOf(depth: number): (key: SchemaKey) => Member {
  return (key) => [key.name, skeletonOf(key.value, depth + 1)];
}

const wholeRelationships: readonly Candidate[] = [
  wholeRelationship('relationship to a remote schema', 'to_remote_schema', toRemoteSchema),
  wholeRelationship('relationship to a table', 'to_source', toSource),
];
