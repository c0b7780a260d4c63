import { isList, isObject } from '../../contract/difference.ts';
import type { Json, JsonObject } from '../../endpoint/endpoint.ts';
import { isGraphqlName } from '../../endpoint/json.ts';
import { objects } from '../facts.ts';

/** Fields by name; of an output type's field the arguments, too. */
type Inputs = Map<string, string>;

interface OutputField {
  readonly type: string;
  readonly given: Inputs;
}

/**
 * A remote schema of which only is known how relationships use it: every field, argument and type that they name, each
 * of a type that fits.
 */
export class ImpliedSchema {
  readonly #outputs = new Map<string, Map<string, OutputField>>([['Query', new Map()]]);
  readonly #inputs = new Map<string, Inputs>();

  /** A path that a relationship follows. */
  addPath(remoteField: Json | undefined, parent = 'Query'): void {
    if (!isObject(remoteField)) return;
    for (const [name, node] of Object.entries(remoteField)) {
      if (!isGraphqlName(name) || !isObject(node)) continue;
      const fields = this.#outputs.get(parent) ?? new Map<string, OutputField>();
      const field = fields.get(name) ?? { type: `${parent}_${name}`, given: new Map() };
      this.#outputs.set(parent, fields.set(name, field));
      if (!this.#outputs.has(field.type)) this.addFields(field.type, ['id']);
      if (isObject(node['arguments'])) this.#addInputs(field.given, node['arguments'], field.type);
      this.addPath(node['field'], field.type);
    }
  }

  /** A type that has relationships, with the fields they join on. */
  addFields(type: string, names: readonly string[]): void {
    const fields = this.#outputs.get(type) ?? new Map<string, OutputField>();
    for (const name of names.filter(isGraphqlName)) {
      if (!fields.has(name)) fields.set(name, { type: 'ID', given: new Map() });
    }
    this.#outputs.set(type, fields);
  }

  toString(): string {
    const query = this.#outputs.get('Query');
    // Every type can be reached, and none is without a field.
    for (const type of this.#outputs.keys()) {
      if (type !== 'Query' && !query?.has(type)) query?.set(`any_${type}`, { type, given: new Map() });
    }
    if (query?.size === 0) query.set('nothing', { type: 'ID', given: new Map() });
    const types = [...this.#outputs].map(([name, fields]) => `type ${name} { ${printFields(fields)} }`);
    const inputs = [...this.#inputs].map(([name, fields]) => `input ${name} { ${printInputs(fields)} }`);
    return [...types, ...inputs].join('\n');
  }

  #addInputs(into: Inputs, given: JsonObject, owner: string): void {
    for (const [name, value] of Object.entries(given)) {
      if (isGraphqlName(name)) into.set(name, this.#inputType(value ?? null, `${owner}_${name}`));
    }
  }

  #inputType(value: Json, name: string): string {
    if (isList(value)) return `[${this.#inputType(value[0] ?? null, name)}]`;
    if (typeof value === 'number') return Number.isInteger(value) ? 'Int' : 'Float';
    if (typeof value === 'boolean') return 'Boolean';
    if (!isObject(value)) return typeof value === 'string' && !value.startsWith('$') ? 'String' : 'ID';
    const type = `${name}_input`;
    const fields = this.#inputs.get(type) ?? new Map<string, string>([['any', 'ID']]);
    this.#inputs.set(type, fields);
    this.#addInputs(fields, value, type);
    return type;
  }
}

/** What the relationships of a metadata document imply of the remote schemas they lead to or stand on. */
export function impliedSchemas(metadata: JsonObject): ReadonlyMap<string, string> {
  const schemas = new Map<string, ImpliedSchema>();
  for (const { name } of objects(metadata['remote_schemas'])) schemas.set(String(name), new ImpliedSchema());
  const addTarget = (definition: Json | undefined) => {
    const target = remoteSchemaTarget(definition);
    schemas.get(String(target?.['remote_schema']))?.addPath(target?.['remote_field']);
  };
  for (const source of objects(metadata['sources'])) {
    for (const { remote_relationships } of objects(source['tables'])) {
      for (const { definition } of objects(remote_relationships)) addTarget(definition);
    }
  }
  for (const { name, remote_relationships } of objects(metadata['remote_schemas'])) {
    for (const { type_name, relationships } of objects(remote_relationships)) {
      for (const { definition } of objects(relationships)) {
        schemas.get(String(name))?.addFields(String(type_name), leftFields(definition));
        addTarget(definition);
      }
    }
  }
  return new Map([...schemas].map(([name, schema]) => [name, String(schema)]));
}

/** The keys that lead to a remote schema, of either form. */
function remoteSchemaTarget(definition: Json | undefined): JsonObject | undefined {
  if (!isObject(definition)) return undefined;
  const unified = definition['to_remote_schema'];
  return isObject(unified) ? unified : definition;
}

/** What a definition joins on: columns or fields of its left side. */
export function leftFields(definition: Json | undefined): readonly string[] {
  if (!isObject(definition)) return [];
  const toSource = definition['to_source'];
  if (isObject(toSource)) {
    return isObject(toSource['field_mapping']) ? Object.keys(toSource['field_mapping']) : [];
  }
  const target = remoteSchemaTarget(definition);
  const fields = target?.['lhs_fields'] ?? target?.['hasura_fields'];
  return isList(fields) ? fields.map(String) : [];
}

function printFields(fields: ReadonlyMap<string, OutputField>): string {
  return [...fields]
    .map(([name, { type, given }]) => `${name}${given.size > 0 ? `(${printInputs(given)})` : ''}: ${type}`)
    .join(' ');
}

function printInputs(inputs: Inputs): string {
  return [...inputs].map(([name, type]) => `${name}: ${type}`).join(' ');
}
