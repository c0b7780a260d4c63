import { isGraphqlName } from '../../../../common/src/graphqlName.ts';
import type { Json, JsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import type {
  JoinKey,
  JoinKeyCandidate,
  NewRelationshipAnswer,
  NewRelationshipOwner,
  NewRelationshipParams,
  RelationshipChoice,
} from '../../../../common/src/protocol.ts';
import { knownValue, type Source, type Table } from '../../catalogue/catalogue.ts';
import { tableNameJson } from '../../catalogue/tableNames.ts';
import { type DocumentContext, documentContext } from '../../join/documentContext.ts';
import type { LeftHandSide, PathStep, RemoteSchemaJoin, SourceJoin } from '../../join/joinPath.ts';
import { takenNames } from '../../join/takenNames.ts';
import { readModel } from '../../metadata/readModel.ts';
import type { Relationship } from '../../metadata/relationship.ts';
import { freeName } from '../../metadata/relationshipName.ts';
import type { FieldDefinition, InputValue, RemoteSchema } from '../../schema/remoteSchema.ts';
import { columnTypesAgree } from '../../schema/typeCompatibility.ts';
import { isRequired, namedTypeOf, typeReferenceText } from '../../schema/typeReference.ts';
import { parse } from '../../syntax/parse.ts';
import { isWithin } from '../../syntax/textRange.ts';
import { jsonOf } from '../clientRequests/relationshipPayloads.ts';
import { agrees, mappingLikeness, rankFields } from '../completion/joinFields.ts';
import { proposedValue, suitingField } from './requiredArguments.ts';

/** As many choices as anyone looks through; the client lets them be filtered. */
const mostChoices = 5000;
const mostCandidates = 100;

/**
 * One step on the way to a new relationship of the table, or type of a remote schema, at an offset: what it could lead to,
 * or, once the target is complete, on which keys it joins, and its definition. `undefined` where nothing has relationships.
 */
export function newRelationship(
  context: DocumentContext,
  offset: number,
  { target, keys }: Pick<NewRelationshipParams, 'target' | 'keys'>,
): NewRelationshipAnswer | undefined {
  const owner = ownerAt(context, offset);
  if (owner === undefined) return undefined;
  const answer = { owner: owner.identity, choices: [], keys: [], name: null, definition: null };
  if (target === undefined) return { ...answer, choices: targets(context) };
  if ('remoteSchema' in target) {
    const schema = knownValue(context.catalogue.remoteSchema(target.remoteSchema))?.schema;
    const known = schema && knownValue(schema);
    const choices = known === undefined ? [] : fieldsBelow(known, target.path).map(fieldChoice(known));
    if (known === undefined || target.path.length === 0) return { ...answer, choices };
    return { ...answer, choices, ...toRemoteSchema(context, owner, target, keys ?? {}) };
  }
  const source = knownValue(context.catalogue.source(target.source));
  if (source === undefined) return answer;
  if (target.table === undefined)
    return { ...answer, choices: source.tables.slice(0, mostChoices).map(tableChoice) };
  return { ...answer, ...toSource(context, owner, { ...target, table: target.table }, keys ?? {}) };
}

// ---- whose it is -----------------------------------------------------------------------------------------------

interface Owner {
  readonly identity: NewRelationshipOwner;
  readonly isTaken: (name: string) => boolean;
}

/** The table or type around an offset; where a file has one alone, that one. */
function ownerAt({ model, catalogue }: DocumentContext, offset: number): Owner | undefined {
  const at = { offset, length: 0 };
  const takenBy = (owner: Relationship['owner']) =>
    takenNames(catalogue, { owner, request: undefined }, model.relationships);
  const tables = model.tables.flatMap((entry): (Owner & { readonly isHere: boolean })[] => {
    const table = entry.table.state === 'present' ? jsonOf(entry.table.node) : undefined;
    if (table === undefined || entry.source === undefined) return [];
    const identity = { owner: 'table' as const, source: entry.source.name, table };
    const isTaken = (name: string): boolean =>
      takenBy({ kind: 'table', entry, source: entry.source, table: entry.table })(name);
    return [{ identity, isTaken, isHere: isWithin(at, entry.node) }];
  });
  const types = model.remoteSchemas.flatMap(({ name, types: entries }) =>
    entries.flatMap(({ node, typeName }): (Owner & { readonly isHere: boolean })[] => {
      if (name.state !== 'present' || typeName.state !== 'present') return [];
      const identity = {
        owner: 'remote-schema' as const,
        remoteSchema: name.value,
        typeName: typeName.value,
      };
      const remoteSchema = { name: name.value, node: name.node };
      const isTaken = (free: string): boolean =>
        takenBy({ kind: 'remote-schema-type', remoteSchema, typeName })(free);
      return [{ identity, isTaken, isHere: isWithin(at, node) }];
    }),
  );
  const all = [...tables, ...types];
  return all.find(({ isHere }) => isHere) ?? (all.length === 1 ? all[0] : undefined);
}

// ---- what it could lead to ---------------------------------------------------------------------------------------

function targets({ catalogue }: DocumentContext): RelationshipChoice[] {
  return [
    ...catalogue.remoteSchemas.map(({ name, schema }): RelationshipChoice => {
      const known = schema.state === 'present';
      const detail = known ? 'remote schema' : 'remote schema: nothing is known of its fields';
      return { kind: 'remote-schema', name, detail, description: '', hasMore: known, isTarget: false };
    }),
    ...catalogue.sources.map(({ name, kind, tables }): RelationshipChoice => {
      const detail = kind === undefined ? 'source' : `source, ${kind}`;
      return { kind: 'source', name, detail, description: '', hasMore: tables.length > 0, isTarget: false };
    }),
  ];
}

/** The fields that may come next on a path; none below what is no object. */
function fieldsBelow(schema: RemoteSchema, path: readonly string[]): readonly FieldDefinition[] {
  let type = schema.type(schema.queryTypeName);
  for (const name of path) {
    const field = type?.field(name);
    type = field && schema.type(namedTypeOf(field.type));
    if (type?.kind !== 'object') return [];
  }
  return type?.fields.slice(0, mostChoices) ?? [];
}

function fieldChoice(schema: RemoteSchema) {
  return ({
    name,
    type,
    arguments: inputs,
    description,
    deprecationReason,
  }: FieldDefinition): RelationshipChoice => {
    const inner = inputs.map((each) => `${each.name}: ${typeReferenceText(each.type)}`).join(', ');
    const returned = schema.type(namedTypeOf(type));
    return {
      kind: 'field',
      name,
      detail: `${inner === '' ? '' : `(${inner})`}: ${typeReferenceText(type)}${deprecationReason === undefined ? '' : ' (deprecated)'}`,
      description: description ?? '',
      hasMore: returned?.kind === 'object' && returned.fields.length > 0,
      isTarget: true,
    };
  };
}

function tableChoice({ name, text, columns }: Table): RelationshipChoice {
  const known =
    knownValue(columns)
      ?.map((column) => column.name)
      .join(', ') ?? 'its columns are not known';
  return {
    kind: 'table',
    name: text,
    table: tableNameJson(name),
    detail: known,
    description: '',
    hasMore: false,
    isTarget: true,
  };
}

// ---- on what it joins --------------------------------------------------------------------------------------------

type Proposal = Pick<NewRelationshipAnswer, 'keys' | 'name' | 'definition'>;
type Chosen = NonNullable<NewRelationshipParams['keys']>;

/** The walk of a definition that is not written anywhere yet. */
function walkOf({ catalogue, uri }: DocumentContext, { identity }: Owner, definition: JsonObject) {
  const item = { name: 'new', definition };
  const document =
    identity.owner === 'table'
      ? { table: identity.table, remote_relationships: [item] }
      : [
          {
            name: identity.remoteSchema,
            remote_relationships: [{ type_name: identity.typeName, relationships: [item] }],
          },
        ];
  const tree = parse(JSON.stringify(document), 'json');
  const model = readModel(
    tree,
    identity.owner === 'table' ? { role: 'table', source: identity.source } : { role: 'remote-schemas' },
  );
  return documentContext(uri, tree, model, catalogue).joins[0];
}

function toRemoteSchema(
  context: DocumentContext,
  owner: Owner,
  { remoteSchema, path }: { readonly remoteSchema: string; readonly path: readonly string[] },
  chosen: Chosen,
): Proposal | undefined {
  const definitionOf = (
    given: ReadonlyMap<number, JsonObject>,
    lhsFields: readonly string[],
  ): JsonObject => ({
    to_remote_schema: {
      remote_schema: remoteSchema,
      lhs_fields: lhsFields,
      remote_field: path.reduceRight<JsonObject>(
        (field, name, index) => ({
          [name]: {
            arguments: given.get(index) ?? {},
            ...(index === path.length - 1 ? {} : { field }),
          },
        }),
        {},
      ),
    },
  });
  const join = walkOf(context, owner, definitionOf(new Map(), []));
  if (join?.kind !== 'to-remote-schema' || join.path.some(({ field }) => field.state !== 'present'))
    return undefined;
  const keys: JoinKey[] = [];
  const given = new Map<number, JsonObject>();
  const columns: string[] = [];
  for (const [index, step] of join.path.entries()) {
    const written: [string, Json][] = [];
    for (const input of knownValue(step.field)?.arguments ?? []) {
      // What is optional may be left to the query, on the last step alone.
      if (!isRequired(input) && !step.last) continue;
      const key = argumentKey(join, step, input, index, chosen);
      if (key === undefined) continue;
      keys.push(...key.keys);
      if (key.value === undefined) continue;
      written.push([input.name, key.value]);
      columns.push(...key.columns);
    }
    given.set(index, Object.fromEntries(written));
  }
  return {
    keys,
    name: freeGraphqlName(path.at(-1) ?? remoteSchema, owner.isTaken),
    definition: definitionOf(given, [...new Set(columns)]),
  };
}

interface ArgumentKey {
  /** The argument, and fields of the object that it takes where nothing in it is required. */
  readonly keys: readonly JoinKey[];
  readonly value: Json | undefined;
  readonly columns: readonly string[];
}

/** An argument with the columns that could fill it; `undefined` for an optional object, whose parts nobody could choose. */
function argumentKey(
  join: RemoteSchemaJoin,
  step: PathStep,
  input: InputValue,
  index: number,
  chosen: Chosen,
): ArgumentKey | undefined {
  const id = `${index}.${input.name}`;
  const owner = step.step.name.value;
  const named = inputObjectOf(join, input);
  if (named === undefined) return leafKey(join, input, id, owner, chosen);
  if (!isRequired(input)) return undefined;
  const columns: string[] = [];
  const value = proposedValue(join, input, input.type, owner, columns, 0);
  const about = { id, of: owner, name: input.name, type: typeReferenceText(input.type), required: true };
  const key = { ...about, chosen: null, candidates: [] };
  if (columns.length > 0 || !isEmptyObject(value)) return { keys: [key], value, columns };
  const parts = named.inputFields
    .filter((field) => inputObjectOf(join, field) === undefined)
    .map((field) => ({ field, ...leafKey(join, field, `${id}.${field.name}`, input.name, chosen) }));
  return {
    keys: [key, ...parts.flatMap((part) => part.keys)],
    value: Object.fromEntries(
      parts.flatMap((part) => (part.value === undefined ? [] : [[part.field.name, part.value]])),
    ),
    columns: parts.flatMap((part) => part.columns),
  };
}

function inputObjectOf(join: RemoteSchemaJoin, { type }: InputValue) {
  const named = knownValue(join.schema)?.type(namedTypeOf(type));
  return named?.kind === 'input-object' ? named : undefined;
}

function isEmptyObject(value: Json | undefined): boolean {
  return JSON.stringify(value) === '{}';
}

/** What takes one value, with the columns that could be it; `owner`: what the likeness of names is judged by. */
function leafKey(
  join: RemoteSchemaJoin,
  input: InputValue,
  id: string,
  owner: string,
  chosen: Chosen,
): ArgumentKey {
  const required = isRequired(input);
  const about = { id, of: owner, name: input.name, type: typeReferenceText(input.type), required };
  // In a list it is the item that has to suit.
  let { type } = input;
  let depth = 0;
  for (; type.kind === 'list'; depth++) type = type.of;
  const item = { ...input, type };
  const candidates = rankFields(join, { name: input.name, owner, expected: type })
    .slice(0, mostCandidates)
    .map(
      ({ field, agreement }): JoinKeyCandidate => ({
        field: field.name,
        type: field.type ?? null,
        fits: agreement >= agrees ? 'yes' : agreement === 0 ? 'no' : 'unknown',
      }),
    );
  const proposal = required ? suitingField(join, item, owner)?.field.name : undefined;
  const field = Object.hasOwn(chosen, id) ? (chosen[id] ?? undefined) : proposal;
  const isField = field !== undefined && candidates.some((each) => each.field === field);
  let value: Json | undefined = isField ? `$${field}` : undefined;
  for (let level = 0; value !== undefined && level < depth; level++) value = [value];
  return {
    keys: [{ ...about, chosen: isField ? field : null, candidates }],
    value,
    columns: isField ? [field] : [],
  };
}

function toSource(
  context: DocumentContext,
  owner: Owner,
  target: {
    readonly source: string;
    readonly table: Json;
    readonly relationshipType?: 'object' | 'array';
  },
  chosen: Chosen,
): Proposal | undefined {
  const definitionOf = (type: string, mapping: JsonObject): JsonObject => ({
    to_source: {
      relationship_type: type,
      source: target.source,
      table: target.table,
      field_mapping: mapping,
    },
  });
  const join = walkOf(context, owner, definitionOf('object', {}));
  if (join?.kind !== 'to-source' || join.table.state !== 'present') return undefined;
  const ranked = rankedPairs(join);
  const best = ranked.find(({ rank }) => rank < 3);
  const given = Object.keys(chosen).length > 0 ? chosen : best ? { [best.field]: best.column } : {};
  const mapping = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const keys = knownFields(join.lhs).map(({ name, type }): JoinKey => {
    const candidates = ranked.filter(({ field }) => field === name);
    return {
      id: name,
      of: join.lhs.text ?? '',
      name,
      type: type ?? '',
      required: false,
      chosen: mapping[name] ?? null,
      candidates: candidates.slice(0, mostCandidates).map(({ column, type: written, fits }) => ({
        field: column,
        type: written,
        fits,
      })),
    };
  });
  // What is named after the owner is there for each of its rows: `customer_id` of tickets.
  const likely = best?.isOfTarget === true ? 'array' : 'object';
  return {
    keys,
    name: freeGraphqlName(join.table.value.name.name, owner.isTaken),
    definition: definitionOf(target.relationshipType ?? likely, mapping),
  };
}

function knownFields(lhs: LeftHandSide) {
  return knownValue(lhs.fields) ?? [];
}

/** Every field with every column that can be joined on, the best first. */
function rankedPairs({ lhs, source, table }: SourceJoin) {
  const target = knownValue(table);
  const columns = (target && knownValue(target.columns)) ?? [];
  const kind = knownValue(source)?.kind;
  const lhsKind = lhs.kind === 'table' ? knownValue<Source>(lhs.source)?.kind : undefined;
  const owner = lhs.kind === 'table' ? knownValue(lhs.table)?.name.name : knownValue(lhs.type)?.name;
  const fields = knownFields(lhs).slice(0, 300);
  return columns
    .filter((column) => column.scalar && column.enumReference !== true)
    .slice(0, 300)
    .flatMap((column) =>
      fields.map((field) => {
        const likeness = mappingLikeness(field.name, owner, column.name, target?.name.name ?? '');
        const agreement =
          field.origin === 'remote-field'
            ? 'unknown'
            : columnTypesAgree(lhsKind, field.type, kind, column.type);
        return {
          field: field.name,
          column: column.name,
          type: column.type ?? null,
          fits: ({ agrees: 'yes', unknown: 'unknown', differs: 'no' } as const)[agreement],
          rank:
            likeness + { agrees: 0, unknown: field.origin === 'remote-field' ? 0 : 4, differs: 8 }[agreement],
          isOfTarget: mappingLikeness(field.name, owner, column.name, '') === 1,
        };
      }),
    )
    .toSorted((a, b) => a.rank - b.rank);
}

/** A name that nothing of the owner has. */
function freeGraphqlName(wanted: string, isTaken: Owner['isTaken']): string {
  const name = isGraphqlName(wanted) ? wanted : wanted.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_');
  return freeName(name, isTaken);
}
