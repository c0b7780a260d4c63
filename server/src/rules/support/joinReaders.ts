import type { DocumentContext } from '../../join/documentContext.ts';
import type {
  ArgumentStep,
  Join,
  LhsField,
  PathStep,
  RemoteSchemaJoin,
  SourceJoin,
  ValueStep,
} from '../../join/joinPath.ts';
import { lhsFieldsKeys } from '../../metadata/metadataSchema.ts';
import type { ArgumentValue, RemoteFieldStep } from '../../metadata/relationship.ts';
import type { NamedType } from '../../schema/remoteSchema.ts';
import { typeReferenceText } from '../../schema/typeReference.ts';
import type { RelatedLocation } from '../rule.ts';
import { relatedPlace } from './tableNames.ts';

/** What the rules read out of the one walk, flattened once for a document. */

export function remoteSchemaJoins(context: DocumentContext): readonly RemoteSchemaJoin[] {
  return readingOf(context).remoteSchemaJoins;
}

export function sourceJoins(context: DocumentContext): readonly SourceJoin[] {
  return readingOf(context).sourceJoins;
}

/** As `sourceJoins`, with those of action types. */
export function allSourceJoins(context: DocumentContext): readonly SourceJoin[] {
  return context.actionJoins.length === 0
    ? sourceJoins(context)
    : [...sourceJoins(context), ...context.actionJoins];
}

/** An argument of a remote field, or a field of an input object at any depth. */
export interface ArgumentUse {
  readonly join: RemoteSchemaJoin;
  readonly step: PathStep;
  readonly argument: ArgumentStep;
  /** The value whose field this is; `undefined` for an argument of the remote field itself. */
  readonly container: ValueStep | undefined;
}

/** A value at any depth, with the nearest argument or input field it stands under. */
export interface ValueUse<Kind extends ValueKind = ValueKind> extends ArgumentUse {
  readonly value: ValueStep & { readonly value: ArgumentValue & { readonly kind: Kind } };
}

type ValueKind = ArgumentValue['kind'];

/** Every argument and input field of every path, but for those of steps below what is no object. */
export function argumentUses(context: DocumentContext): readonly ArgumentUse[] {
  return readingOf(context).argumentUses;
}

/** Every value of one kind, in every path. */
export function valueUses<Kind extends ValueKind>(
  context: DocumentContext,
  kind: Kind,
): readonly ValueUse<Kind>[] {
  return readingOf(context).valueUses.filter((use): use is ValueUse<Kind> => use.value.value.kind === kind);
}

/** As `valueUses`, without those whose types mean nothing: they belong to a step below what is no object. */
export function typedValueUses<Kind extends ValueKind>(
  context: DocumentContext,
  kind: Kind,
): readonly ValueUse<Kind>[] {
  const { astray } = readingOf(context);
  return valueUses(context, kind).filter(({ step }) => !astray.has(step.step));
}

/**
 * Steps below a field which returns no object type, however deep: there the walk, as the server, goes on with a type
 * that has nothing to do with them.
 */
export function stepsBelowNonObjects(context: DocumentContext): ReadonlySet<RemoteFieldStep> {
  return readingOf(context).astray;
}

interface Reading {
  readonly remoteSchemaJoins: RemoteSchemaJoin[];
  readonly sourceJoins: SourceJoin[];
  readonly argumentUses: ArgumentUse[];
  readonly valueUses: ValueUse[];
  readonly astray: Set<RemoteFieldStep>;
}

const readings = new WeakMap<DocumentContext, Reading>();

function readingOf(context: DocumentContext): Reading {
  const known = readings.get(context);
  if (known !== undefined) return known;
  const reading: Reading = {
    remoteSchemaJoins: [],
    sourceJoins: [],
    argumentUses: [],
    valueUses: [],
    astray: new Set(),
  };
  for (const join of context.joins) {
    if (join.kind === 'to-source') {
      reading.sourceJoins.push(join);
      continue;
    }
    reading.remoteSchemaJoins.push(join);
    for (const step of join.path) {
      if (step.belowNonObject || reading.astray.has(step.step)) {
        for (const below of step.step.child?.steps ?? []) reading.astray.add(below);
      }
      readArguments(reading, join, step, step.arguments, undefined);
    }
  }
  readings.set(context, reading);
  return reading;
}

function readArguments(
  reading: Reading,
  join: RemoteSchemaJoin,
  step: PathStep,
  list: readonly ArgumentStep[],
  container: ValueStep | undefined,
): void {
  for (const argument of list) {
    if (!reading.astray.has(step.step)) reading.argumentUses.push({ join, step, argument, container });
    readValue(reading, join, step, argument, container, argument.value);
  }
}

function readValue(
  reading: Reading,
  join: RemoteSchemaJoin,
  step: PathStep,
  argument: ArgumentStep,
  container: ValueStep | undefined,
  value: ValueStep,
): void {
  reading.valueUses.push({ join, step, argument, container, value });
  for (const item of value.items) readValue(reading, join, step, argument, container, item);
  readArguments(reading, join, step, value.fields, value);
}

/** The type whose field an argument use is: an input object; `undefined` for arguments of a remote field. */
export function inputTypeOf(use: ArgumentUse): NamedType | undefined {
  return use.container?.expectedType;
}

/** What stands on the left, in words: `table "customer"`, `type "Person" of remote schema "people"`. */
export function lhsWords(join: Join): string {
  const { owner } = join.relationship;
  if (owner.kind === 'remote-schema-type') {
    const type = owner.typeName.state === 'present' ? `type "${owner.typeName.value}"` : 'the type';
    return owner.remoteSchema === undefined ? type : `${type} of remote schema "${owner.remoteSchema.name}"`;
  }
  if (owner.kind === 'action-type') {
    return owner.typeName.state === 'present' ? `action type "${owner.typeName.value}"` : 'the action type';
  }
  const { text } = join.lhs;
  return text === undefined ? 'the table' : `table "${text}"`;
}

/** First letter in upper case, for the beginning of a sentence. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The key the join fields stand under. */
export function lhsFieldsKey(join: RemoteSchemaJoin): string {
  return lhsFieldsKeys[join.definition.form];
}

/** `argument "id"` or `input field "id"`, for messages. */
export function argumentWords(use: ArgumentUse): string {
  return `${use.container === undefined ? 'argument' : 'input field'} "${use.argument.argument.name.value}"`;
}

/** Where the argument or input field is declared, with its type. */
export function argumentDeclaration(use: ArgumentUse): RelatedLocation[] {
  const { definition } = use.argument;
  if (definition.state !== 'present') return [];
  const { type, location } = definition.value;
  return relatedPlace(
    `${sentence(argumentWords(use))} of type ${typeReferenceText(type)} is declared here.`,
    location,
  );
}

/** `column "id"`, `computed field "age"` or `field "id"`, for messages. */
export function lhsFieldWords({ name, origin }: LhsField): string {
  const kind = { column: 'column', 'computed-field': 'computed field', 'remote-field': 'field' }[origin];
  return `${kind} "${name}"`;
}
