import type { Node, TypeName } from 'libpg-query';
import { isBuiltinType, printedNames } from './builtinTypes.ts';
import {
  type Catalogue,
  findColumn,
  findRelation,
  findType,
  type ObjectId,
  type QualifiedName,
  type SqlType,
  schemaName,
} from './catalogue.ts';
import { quoteIdentifier } from './identifiers.ts';

/** The words of a list of names: `app.orders` is two. */
export function words(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []));
}

/** A list of names as a name with or without its schema; a database's name before it is left out. */
export function qualifiedName(names: readonly string[]): QualifiedName {
  return { schema: names.at(-2), name: names.at(-1) ?? '' };
}

export function builtin(base: string): SqlType {
  return { base };
}

/** `undefined` when the name leads to nothing that is known of. */
export function resolveType(catalogue: Catalogue, typeName: TypeName | undefined): SqlType | undefined {
  const names = words(typeName?.names);
  if (!typeName || names.length === 0) return undefined;
  const array = (typeName.arrayBounds ?? []).length > 0;
  if (typeName.pct_type) {
    const relation = findRelation(catalogue, qualifiedName(names.slice(0, -1)));
    const type = relation && findColumn(relation, names.at(-1) ?? '')?.type;
    return type && array ? arrayOf(type) : type;
  }
  const element = resolveName(catalogue, names);
  const modifiers = modifiersOf(element, typeName.typmods ?? []);
  return {
    ...element,
    ...(modifiers !== undefined && { modifiers }),
    ...(array && { array: true as const }),
  };
}

function resolveName(catalogue: Catalogue, names: readonly string[]): SqlType {
  const { schema, name } = qualifiedName(names);
  if ((schema === undefined || schema === 'pg_catalog') && isBuiltinType(name)) return { base: name };
  const found = findType(catalogue, { schema, name });
  if (found) return { base: found.id };
  if (name.startsWith('_')) {
    const element = resolveName(catalogue, [...names.slice(0, -1), name.slice(1)]);
    if (!element.unseen) return { ...element, array: true };
  }
  return {
    base: [schema, name].flatMap((part) => (part === undefined ? [] : quoteIdentifier(part))).join('.'),
    unseen: true,
  };
}

function modifiersOf(type: SqlType, nodes: readonly Node[]): string | undefined {
  const values = nodes.map(modifierText);
  if (values.length === 0) return undefined;
  if (type.base === 'interval') return intervalModifiers(values);
  if (type.base === 'numeric' && values.length === 1) return `${values[0]},0`;
  return values.join(',');
}

function modifierText(node: Node): string {
  if ('A_Const' in node) {
    const { ival, fval, sval } = node.A_Const;
    return String(ival ? (ival.ival ?? 0) : (fval?.fval ?? sval?.sval ?? ''));
  }
  return 'ColumnRef' in node ? words(node.ColumnRef.fields).join('.') : '?';
}

const allIntervalFields = '32767';

const intervalFields = new Map([
  ['4', 'year'],
  ['2', 'month'],
  ['8', 'day'],
  ['1024', 'hour'],
  ['2048', 'minute'],
  ['4096', 'second'],
  ['6', 'year to month'],
  ['1032', 'day to hour'],
  ['3080', 'day to minute'],
  ['7176', 'day to second'],
  ['3072', 'hour to minute'],
  ['7168', 'hour to second'],
  ['6144', 'minute to second'],
]);

function intervalModifiers([mask, precision]: readonly string[]): string | undefined {
  const fields = mask === undefined || mask === allIntervalFields ? undefined : intervalFields.get(mask);
  const digits = precision === undefined ? '' : `(${precision})`;
  return fields === undefined ? digits || undefined : ` ${fields}${digits}`;
}

/** As the database's `format_type` prints it, for one whose search path is `public`. */
export function formatType(catalogue: Catalogue, type: SqlType): string {
  const { modifiers } = type;
  const array = type.array ? '[]' : '';
  if (typeof type.base === 'number') {
    const name = objectTypeName(catalogue, type.base);
    return `${name}${modifiers === undefined ? '' : `(${modifiers})`}${array}`;
  }
  if (type.unseen) return `${type.base}${modifiers === undefined ? '' : `(${modifiers})`}${array}`;
  return `${builtinName(type.base, modifiers)}${array}`;
}

/** Of what a function takes or gives, which has no length or precision. */
export function formatDeclared(catalogue: Catalogue, type: SqlType): string {
  const array = type.array ? '[]' : '';
  if (type.base === 'bpchar') return `character${array}`;
  return type.base === 'bit' ? `bit${array}` : formatType(catalogue, withoutModifiers(type));
}

function builtinName(base: string, modifiers: string | undefined): string {
  const printed = printedNames.get(base);
  switch (base) {
    case 'interval':
      return modifiers === undefined || modifiers.startsWith('(') || modifiers.startsWith(' ')
        ? `interval${modifiers ?? ''}`
        : `interval(${modifiers})`;
    case 'bpchar':
      return modifiers === undefined ? 'bpchar' : `character(${modifiers})`;
    case 'bit':
      return modifiers === undefined ? '"bit"' : `bit(${modifiers})`;
    case 'char':
      return '"char"';
  }
  if (modifiers === undefined) return printed ?? base;
  const [first, ...rest] = (printed ?? base).split(' ');
  // `timestamp(3) with time zone`, but `character varying(20)`.
  return base.startsWith('time')
    ? [`${first}(${modifiers})`, ...rest].join(' ')
    : `${printed ?? base}(${modifiers})`;
}

function objectTypeName(catalogue: Catalogue, id: ObjectId): string {
  const found = catalogue.types.get(id) ?? catalogue.relations.get(id);
  if (!found) return 'unknown';
  const schema = schemaName(catalogue, found.schema);
  const name = quoteIdentifier(found.name);
  return schema === 'public' && !isBuiltinType(found.name) ? name : `${quoteIdentifier(schema)}.${name}`;
}

export function sameType(one: SqlType, other: SqlType): boolean {
  return one.base === other.base && (one.array ?? false) === (other.array ?? false);
}

/** Without its length or precision: what most functions and operators give. */
export function withoutModifiers({ modifiers: _, ...type }: SqlType): SqlType {
  return type;
}

/** The type below all its domains. */
export function baseType(catalogue: Catalogue, type: SqlType): SqlType | undefined {
  let current: SqlType | undefined = type;
  for (let depth = 0; depth < 50 && current; depth++) {
    if (typeof current.base !== 'number' || current.array) return current;
    const found = catalogue.types.get(current.base);
    if (found?.kind !== 'domain') return current;
    current = found.base;
  }
  return undefined;
}

export function arrayOf(type: SqlType): SqlType {
  return { ...type, array: true };
}

export function elementOf({ array: _, ...type }: SqlType): SqlType {
  return type;
}
