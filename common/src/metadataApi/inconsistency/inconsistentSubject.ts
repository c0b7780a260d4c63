import { documentLists, sourceLists, tableLists } from '../../metadataLists.ts';
import { isJsonObject, type Json, member, textMember } from '../document/json.ts';
import type { MetadataObject } from '../document/metadataObject.ts';
import type { RelationshipIdentity } from '../document/relationshipIdentity.ts';

/** One thing of the metadata that an inconsistency is about. */
export interface InconsistentSubject {
  /** `remote_relationship`, `table`, `source`, `remote_schema`, … */
  readonly type: string | undefined;
  /** `remote_relationship profile in table customer in source shop` */
  readonly name: string | undefined;
  readonly definition: Json | undefined;
}

/** The relationship a subject is; `undefined` when it is something else, or its definition does not say which. */
export function relationshipOfSubject(subject: InconsistentSubject): RelationshipIdentity | undefined {
  const { type, definition } = subject;
  const name = textMember(definition, 'name');
  if (name === undefined) return undefined;
  if (type === 'remote_schema_remote_relationship') {
    const remoteSchema = textMember(definition, 'remote_schema');
    const typeName = textMember(definition, 'type') ?? textMember(definition, 'type_name');
    if (remoteSchema === undefined || typeName === undefined) return undefined;
    return { owner: 'remote-schema', remoteSchema, typeName, name };
  }
  if (type !== 'remote_relationship') return undefined;
  const table = member(definition, 'table');
  return table === undefined
    ? undefined
    : { owner: 'table', source: textMember(definition, 'source') ?? 'default', table, name };
}

/** Which object of the metadata a subject is; `undefined` when neither its definition nor its name says so. */
export function objectOfSubject(subject: InconsistentSubject): MetadataObject | undefined {
  const { type, name, definition } = subject;
  const identity = relationshipOfSubject(subject);
  if (identity !== undefined) return { what: 'relationship', identity };
  switch (type) {
    case 'source': {
      const source = typeof definition === 'string' ? definition : name?.replace(/^source /, '');
      return source === undefined ? undefined : { what: 'source', source };
    }
    case 'table': {
      // The definition is the table's name alone.
      const source = sourceIn(subject);
      return source === undefined || definition === undefined
        ? undefined
        : { what: 'table', source, table: definition };
    }
    case 'remote_schema': {
      const said = typeof definition === 'string' ? definition : textMember(definition, 'name');
      const remoteSchema = said ?? name?.replace(/^remote_schema /, '');
      return remoteSchema === undefined ? undefined : { what: 'remote-schema', remoteSchema };
    }
    case 'remote_schema_permission': {
      const remoteSchema = textMember(definition, 'remote_schema');
      const role = textMember(definition, 'role');
      return remoteSchema === undefined || role === undefined
        ? undefined
        : { what: 'remote-schema-permission', remoteSchema, role };
    }
    default:
      return tableItem(subject) ?? sourceItem(subject) ?? documentItem(subject);
  }
}

function tableItem({ type, name, definition }: InconsistentSubject): MetadataObject | undefined {
  const list = tableLists.find((each) => each.type === type);
  const table = member(definition, 'table');
  const source = sourceIn({ type, name, definition });
  // Of an event trigger the name stands in its configuration, and the source only in the text.
  const own =
    textMember(definition, list?.key ?? '') ?? textMember(member(definition, 'configuration'), 'name');
  if (list === undefined || table === undefined || source === undefined || own === undefined)
    return undefined;
  return { what: 'table-item', type: list.type, source, table, name: own };
}

function sourceItem(subject: InconsistentSubject): MetadataObject | undefined {
  const type = subject.type === 'function_permission' ? 'function' : subject.type;
  const list = sourceLists.find((each) => each.type === type);
  const source = sourceIn(subject);
  if (list === undefined || source === undefined) return undefined;
  const { definition } = subject;
  const name = member(definition, list.key) ?? (list.type === 'function' ? definition : undefined);
  return name === undefined ? undefined : { what: 'source-item', type: list.type, source, name };
}

/** What a server calls otherwise than the list it is in. */
const listTypes: Readonly<Record<string, string>> = {
  endpoint: 'rest_endpoint',
  'inherited role permission inconsistency': 'inherited_role',
};

function documentItem({ type = '', name, definition }: InconsistentSubject): MetadataObject | undefined {
  if (type === 'custom_types') return { what: 'item', type, name: type };
  // A permission stands in its action, a query in its collection.
  const action = type === 'action_permission' ? textMember(definition, 'action') : undefined;
  if (action !== undefined) return { what: 'item', type: 'action', name: action };
  const collection = type === 'query_collections' ? /^.* in (.*)$/s.exec(name ?? '')?.[1] : undefined;
  if (collection !== undefined) return { what: 'item', type, name: collection };
  const list = documentLists.find((each) => each.type === (listTypes[type] ?? type));
  if (list === undefined) return undefined;
  const own = isJsonObject(definition) ? textMember(definition, list.key) : undefined;
  const title = `${list.type} `;
  const written = own ?? (name?.startsWith(title) ? name.slice(title.length) : name);
  return written === undefined ? undefined : { what: 'item', type: list.type, name: written };
}

/** Where the definition does not tell the source, the text does. */
function sourceIn({ name, definition }: InconsistentSubject): string | undefined {
  return textMember(definition, 'source') ?? /^.* in source (.*)$/s.exec(name ?? '')?.[1];
}
