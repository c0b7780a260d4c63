import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { given, isGiven, isOpaque, keyText } from './nodes.ts';
import {
  checkDuplicates,
  type Reading,
  readText,
  report,
  reportKind,
  reportMissing,
  spend,
} from './reading.ts';
import type {
  Located,
  Property,
  RemoteSchemaCustomization,
  RemoteSchemaEntry,
  RemoteSchemaPermission,
  Renaming,
} from './relationship.ts';

/** The `definition` of a remote schema, its customization, and its permissions (R57, R59). */

type Definition = Pick<RemoteSchemaEntry, 'urlProblem' | 'customization'>;

const nothing: Definition = { urlProblem: undefined, customization: undefined };
const noPermissions: readonly RemoteSchemaPermission[] = [];

/** Reads the `definition` of a remote schema entry, or of the arguments of a command. */
export function readRemoteSchemaDefinition(reading: Reading, owner: SyntaxNode, shape: string): Definition {
  const node = property(owner, 'definition');
  if (node === undefined) {
    reportMissing(reading, owner, shape, 'definition');
    return nothing;
  }
  if (isOpaque(node)) return nothing;
  if (node.kind !== 'object') {
    reportKind(reading, node, 'definition', 'Object', { key: 'definition' });
    return nothing;
  }
  checkDuplicates(reading, node, 'definition');
  checkScalar(reading, node, 'url', 'definition', 'String');
  checkScalar(reading, node, 'url_from_env', 'definition', 'String');
  checkScalar(reading, node, 'timeout_seconds', 'definition', 'Number');
  checkScalar(reading, node, 'forward_client_headers', 'definition', 'Bool');
  readHeaders(reading, given(node, 'headers'));
  return {
    urlProblem: readUrl(reading, node, shape === 'remote schema' ? 'Inconsistent object: ' : ''),
    customization: readCustomization(reading, given(node, 'customization')),
  };
}

/** `prefix`: metadata is imported, and the remote schema inconsistent; a request is refused. */
function readUrl(reading: Reading, node: SyntaxNode, prefix: string): Definition['urlProblem'] {
  // What stands for a key that is not known may be a URL.
  if (node.children.some(({ key }) => key !== undefined && isOpaque(key))) return undefined;
  const url = given(node, 'url');
  const fromEnvironment = given(node, 'url_from_env');
  if ((url === undefined) !== (fromEnvironment === undefined)) return undefined;
  const problem = url === undefined ? 'none' : 'two';
  report(reading, {
    kind: 'remote-schema-url',
    node: fromEnvironment?.key ?? node,
    shape: 'definition',
    serverMessage: `${prefix}both \`url\` and \`url_from_env\` can't be ${problem === 'none' ? 'empty' : 'present'}`,
  });
  return problem;
}

function readHeaders(reading: Reading, node: SyntaxNode | undefined): void {
  for (const item of listItems(reading, node, 'headers')) {
    if (!isShape(reading, item, 'headers item')) continue;
    readRequiredText(reading, item, 'name', 'headers item');
    checkScalar(reading, item, 'value', 'headers item', 'String');
    checkScalar(reading, item, 'value_from_env', 'headers item', 'String');
    const value = given(item, 'value');
    const fromEnvironment = given(item, 'value_from_env');
    if ((value === undefined) !== (fromEnvironment === undefined)) continue;
    report(reading, {
      kind: 'header-value',
      node: fromEnvironment?.key ?? item,
      shape: 'headers item',
      serverMessage:
        value === undefined
          ? 'expecting value or value_from_env keys'
          : 'expecting only one of value or value_from_env keys',
    });
  }
}

function readCustomization(
  reading: Reading,
  node: SyntaxNode | undefined,
): RemoteSchemaCustomization | undefined {
  if (node === undefined || isOpaque(node) || !isShape(reading, node, 'customization')) return undefined;
  const before = reading.problems.length;
  const reservedNames: Located<string>[] = [];
  const opaque = { found: false };
  const namespace = readCustomName(reading, node, 'root_fields_namespace', 'customization', opaque);
  const types = given(node, 'type_names');
  const typeNames =
    types !== undefined && isShape(reading, types, 'type_names', opaque)
      ? readRenaming(reading, types, 'type_names', opaque)
      : undefined;
  const fieldNames = new Map<string, Renaming>();
  for (const item of listItems(reading, given(node, 'field_names'), 'field_names', opaque)) {
    const shape = 'field_names item';
    if (!isShape(reading, item, shape, opaque)) continue;
    const parentType = readText(reading, item, 'parent_type', shape);
    if (parentType.state === 'present') checkName(reading, parentType, 'parent_type', shape);
    const renaming = readRenaming(reading, item, shape, opaque);
    for (const [name, { node: value }] of renaming.mapping) {
      if (name.startsWith('__')) reservedNames.push({ value: name, node: value.key ?? value });
    }
    if (parentType.state === 'present') fieldNames.set(parentType.value, renaming);
    else if (parentType.state === 'unknown') opaque.found = true;
  }
  const complete = !opaque.found && reading.problems.length === before;
  return { node, namespace, typeNames, fieldNames, reservedNames, complete };
}

/** Set when a part can't be read, so that the whole is not known. */
interface Opaque {
  found: boolean;
}

function readRenaming(reading: Reading, node: SyntaxNode, shape: string, opaque: Opaque): Renaming {
  const prefix = readCustomName(reading, node, 'prefix', shape, opaque);
  const suffix = readCustomName(reading, node, 'suffix', shape, opaque);
  const mapping = new Map<string, Located<string>>();
  const list = given(node, 'mapping');
  if (list !== undefined && isShape(reading, list, 'mapping', opaque)) {
    checkDuplicates(reading, list, 'mapping');
    for (const child of list.children) {
      const old = keyText(child);
      if (isOpaque(child) || (child.key !== undefined && isOpaque(child.key))) {
        opaque.found = true;
      } else if (typeof child.value !== 'string') {
        reportKind(reading, child, 'mapping', 'String', { key: old });
      } else {
        checkName(reading, { value: old, node: child.key ?? child }, old, 'mapping');
        checkName(reading, { value: child.value, node: child }, old, 'mapping');
        mapping.set(old, { value: child.value, node: child });
      }
    }
  }
  return { prefix: prefix?.value ?? '', suffix: suffix?.value ?? '', mapping, node };
}

function readCustomName(
  reading: Reading,
  owner: SyntaxNode,
  key: string,
  shape: string,
  opaque: Opaque,
): Located<string> | undefined {
  const node = given(owner, key);
  if (node === undefined) return undefined;
  if (isOpaque(node)) {
    opaque.found = true;
    return undefined;
  }
  if (typeof node.value !== 'string') {
    reportKind(reading, node, shape, 'String', { key });
    return undefined;
  }
  const name = { value: node.value, node };
  return checkName(reading, name, key, shape) ? name : undefined;
}

function checkName(reading: Reading, name: Located<string>, key: string, shape: string): boolean {
  if (isGraphqlName(name.value)) return true;
  report(reading, {
    kind: 'customization-name',
    node: name.node,
    shape,
    key,
    serverMessage: `${name.value} is not valid GraphQL name`,
  });
  return false;
}

/** Reads `permissions`: a role and SDL each. */
export function readRemoteSchemaPermissions(
  reading: Reading,
  node: SyntaxNode | undefined,
): readonly RemoteSchemaPermission[] {
  const permissions: RemoteSchemaPermission[] = [];
  for (const item of listItems(reading, node, 'permissions')) {
    if (!isShape(reading, item, 'permissions item')) continue;
    permissions.push(readRemoteSchemaPermission(reading, item, 'permissions item'));
  }
  return permissions.length === 0 ? noPermissions : permissions;
}

/** One permission: an item of `permissions`, or the arguments of `add_remote_schema_permissions`. */
export function readRemoteSchemaPermission(
  reading: Reading,
  node: SyntaxNode,
  shape: string,
): RemoteSchemaPermission {
  checkScalar(reading, node, 'comment', shape, 'String');
  return {
    node,
    role: readText(reading, node, 'role', shape),
    schema: readPermissionSchema(reading, node, shape),
  };
}

function readPermissionSchema(reading: Reading, owner: SyntaxNode, shape: string): Property<string> {
  const node = property(owner, 'definition');
  if (node === undefined) {
    reportMissing(reading, owner, shape, 'definition');
    return { state: 'missing', owner };
  }
  if (isOpaque(node)) return { state: 'unknown', node };
  if (!isShape(reading, node, 'definition')) return { state: 'malformed', node };
  return readRequiredText(reading, node, 'schema', 'definition');
}

/** As `readText`, of a text that may be empty. */
function readRequiredText(reading: Reading, owner: SyntaxNode, key: string, shape: string): Property<string> {
  const node = property(owner, key);
  if (node === undefined) {
    reportMissing(reading, owner, shape, key);
    return { state: 'missing', owner };
  }
  if (isOpaque(node)) return { state: 'unknown', node };
  if (typeof node.value === 'string') return { state: 'present', value: node.value, node };
  reportKind(reading, node, shape, 'String', { key });
  return { state: 'malformed', node };
}

const scalarKinds = { String: 'string', Number: 'number', Bool: 'boolean' } as const;

/** An optional scalar of a kind. */
export function checkScalar(
  reading: Reading,
  owner: SyntaxNode,
  key: string,
  shape: string,
  expected: keyof typeof scalarKinds,
): void {
  const node = given(owner, key);
  if (node === undefined || isOpaque(node) || node.kind === scalarKinds[expected]) return;
  reportKind(reading, node, shape, expected, { key });
}

function listItems(
  reading: Reading,
  node: SyntaxNode | undefined,
  key: string,
  opaque: Opaque = { found: false },
): readonly SyntaxNode[] {
  if (!isGiven(node)) return [];
  if (isOpaque(node)) {
    opaque.found = true;
    return [];
  }
  if (node.kind !== 'array') {
    reportKind(reading, node, key, 'Array', { key });
    return [];
  }
  return node.children.filter((item) => {
    if (isOpaque(item)) opaque.found = true;
    return !isOpaque(item) && spend(reading);
  });
}

function isShape(
  reading: Reading,
  node: SyntaxNode,
  shape: string,
  opaque: Opaque = { found: false },
): boolean {
  if (isOpaque(node)) {
    opaque.found = true;
    return false;
  }
  if (node.kind === 'object') return true;
  reportKind(reading, node, shape, 'Object');
  return false;
}
