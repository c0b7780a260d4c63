import { isGraphqlName } from '../../../common/src/graphqlName.ts';
import { withoutTrailing } from '../../../common/src/trailing.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { keyNames, remoteFieldNode } from './metadataSchema.ts';
import { isGiven, isOpaque, keyText, serverChildren } from './nodes.ts';
import {
  checkDuplicates,
  checkKeys,
  cliReading,
  isCliStop,
  type Reading,
  report,
  reportKind,
  reportMissing,
  spend,
} from './reading.ts';
import type {
  Argument,
  ArgumentValue,
  Located,
  Property,
  RemoteFieldObject,
  RemoteFieldStep,
} from './relationship.ts';

/** The remote field tree (spec 3), with the parse errors of the server word for word. */

/** What the server puts before every parse error of a remote field tree, and inside arguments after it. */
const inFields = 'Remote fields are represented by an object that maps each field name to its arguments.';
const inArguments = `${inFields}Remote arguments are represented by an object that maps each argument name to its value.`;

/** No path and no argument is this deep; what is deeper is not looked at. */
const deepest = 200;

/** The types of what the Hasura CLI makes of a scalar. */
const cliTypes = { true: 'Boolean', false: 'Boolean', 'an integer': 'Int', 'a string': 'String' } as const;

const stepKeys = keyNames(remoteFieldNode.keys);
const noArguments: readonly Argument[] = [];

/** Reads the `remote_field` of a definition. */
export function readRemoteField(
  reading: Reading,
  owner: SyntaxNode,
  shape: string,
): Property<RemoteFieldObject> {
  const node = property(owner, 'remote_field');
  if (node === undefined) {
    reportMissing(reading, owner, shape, 'remote_field');
    return { state: 'missing', owner };
  }
  if (isOpaque(node)) return { state: 'unknown', node };
  if (node.kind !== 'object') {
    reportNoObject(reading, node, 'remote_field');
    return { state: 'malformed', node };
  }
  return { state: 'present', value: readFieldObject(reading, node, 'remote_field', 0), node };
}

function reportNoObject(reading: Reading, node: SyntaxNode, shape: 'remote_field' | 'field'): void {
  reportKind(reading, node, shape, 'Object', { prefix: inFields, parsed: 'RemoteFields' });
}

function readFieldObject(
  reading: Reading,
  node: SyntaxNode,
  shape: 'remote_field' | 'field',
  depth: number,
): RemoteFieldObject {
  checkDuplicates(reading, node, shape);
  const fields = serverChildren(node);
  if (fields.length !== 1) {
    const received = fields.length === 0 ? 'none' : 'too many';
    report(reading, {
      kind: 'remote-field-count',
      node,
      shape,
      serverMessage: `${inFields}Expecting one single mapping, received ${received}.`,
    });
  }
  const steps: RemoteFieldStep[] = [];
  for (const child of fields) {
    if (depth > deepest || !spend(reading)) break;
    steps.push(readStep(reading, child, depth));
  }
  return { node, steps };
}

function readStep(reading: Reading, node: SyntaxNode, depth: number): RemoteFieldStep {
  const name: Located<string> = { value: keyText(node), node: node.key ?? node };
  if (!isGraphqlName(name.value) && !isOpaque(name.node)) {
    report(reading, {
      kind: 'field-name',
      node: name.node,
      shape: 'remote_field',
      key: name.value,
      serverMessage: `${inFields}${name.value} is not valid GraphQL name`,
    });
  }
  if (isOpaque(node)) return { name, node, arguments: { state: 'unknown', node }, child: undefined };
  if (node.kind === 'null') {
    // The name alone is what stands there while it is being typed.
    report(reading, {
      kind: 'key-not-found',
      node,
      shape: 'remote field',
      key: 'arguments',
      serverMessage: `${inFields}expected Object, but encountered Null`,
    });
    return { name, node, arguments: { state: 'missing', owner: node }, child: undefined };
  }
  if (node.kind !== 'object') {
    reportKind(reading, node, 'remote field', 'Object', { prefix: inFields });
    return { name, node, arguments: { state: 'malformed', node }, child: undefined };
  }
  checkKeys(reading, node, 'remote field', stepKeys);
  return {
    name,
    node,
    arguments: readArguments(reading, node),
    child: readChild(reading, property(node, 'field'), depth + 1),
  };
}

/** A `field` that can't be read is there all the same: the step above it is not the last. */
function readChild(
  reading: Reading,
  node: SyntaxNode | undefined,
  depth: number,
): RemoteFieldObject | undefined {
  if (!isGiven(node)) return undefined;
  if (isOpaque(node)) return { node, steps: [] };
  if (node.kind !== 'object') {
    reportNoObject(reading, node, 'field');
    return { node, steps: [] };
  }
  return readFieldObject(reading, node, 'field', depth);
}

function readArguments(reading: Reading, owner: SyntaxNode): Property<readonly Argument[]> {
  const node = property(owner, 'arguments');
  if (node === undefined) {
    reportMissing(reading, owner, 'remote field', 'arguments', inFields);
    return { state: 'missing', owner };
  }
  if (isOpaque(node)) return { state: 'unknown', node };
  if (node.kind !== 'object') {
    reportKind(reading, node, 'arguments', 'Object', { prefix: inArguments, parsed: 'RemoteArguments' });
    return { state: 'malformed', node };
  }
  return { state: 'present', value: readArgumentList(reading, node, 0), node };
}

function readArgumentList(reading: Reading, node: SyntaxNode, depth: number): readonly Argument[] {
  if (node.children.length === 0) return noArguments;
  checkDuplicates(reading, node, 'arguments');
  const list: Argument[] = [];
  for (const child of serverChildren(node)) {
    const name: Located<string> = { value: keyText(child), node: child.key ?? child };
    if (!isGraphqlName(name.value) && !isOpaque(name.node)) {
      report(reading, {
        kind: 'argument-name',
        node: name.node,
        shape: 'arguments',
        key: name.value,
        serverMessage: `${inArguments}${name.value} is an invalid key name`,
      });
    }
    list.push({ name, value: readValue(reading, child, depth) });
  }
  return list;
}

function readValue(reading: Reading, node: SyntaxNode, depth: number): ArgumentValue {
  if (isOpaque(node) || depth > deepest || !spend(reading)) return { kind: 'unknown', node };
  if (isCliStop(reading, node)) return { kind: 'unknown', node };
  const sent = cliReading(reading, node);
  if (sent !== undefined) return { kind: 'literal', type: cliTypes[sent], byCli: true, node };
  switch (node.kind) {
    case 'string':
      return readTextValue(reading, node, String(node.value));
    case 'number':
      return { kind: 'literal', type: isIntegral(reading, node) ? 'Int' : 'Float', node };
    case 'boolean':
      return { kind: 'literal', type: 'Boolean', node };
    case 'null':
      return { kind: 'null', node };
    case 'array':
      return { kind: 'list', items: node.children.map((item) => readValue(reading, item, depth + 1)), node };
    case 'object':
      return { kind: 'object', fields: readArgumentList(reading, node, depth + 1), node };
  }
}

/** Mathematically integral counts as Int, so 1.0 and 1e400 do, and 1e-400 does not; what YAML has beside decimals is integral. */
function isIntegral({ tree }: Reading, node: SyntaxNode): boolean {
  const { offset, length } = node.aliasOf ?? node;
  const [, whole = '', fraction = '', exponent = '0'] =
    /^[-+]?(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?/.exec(tree.text.slice(offset, offset + length)) ?? [];
  const digits = `${whole}${fraction}`;
  const significant = withoutTrailing(digits, '0').length;
  return significant === 0 || significant <= whole.length + Number(exponent);
}

function readTextValue(reading: Reading, node: SyntaxNode, text: string): ArgumentValue {
  if (!text.startsWith('$')) return { kind: 'literal', type: 'String', node };
  const name = text.slice(1);
  if (isGraphqlName(name)) return { kind: 'variable', name, node };
  report(reading, {
    kind: 'invalid-variable',
    node,
    shape: 'arguments',
    key: name,
    serverMessage: `${inArguments}${name === '' ? 'Empty variable name' : `Invalid variable name '${name}'`}`,
  });
  return { kind: 'invalid-variable', name, node };
}
