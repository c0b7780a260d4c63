import type { RemoteSchemaAddress, WrittenValue } from '../../../common/src/metadataApi/pull/ownServer.ts';
import { property } from '../syntax/nodes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';

/** What an entry of `remote_schemas` says of its server; `undefined` when it can't be read. */
export function remoteSchemaAddress(entry: SyntaxNode): RemoteSchemaAddress | undefined {
  const definition = property(entry, 'definition');
  const url = definition && writtenValue(definition, 'url', 'url_from_env');
  if (definition === undefined || url === undefined) return undefined;
  const headers = new Map<string, WrittenValue>();
  for (const item of property(definition, 'headers')?.children ?? []) {
    const name = text(item, 'name');
    const value = writtenValue(item, 'value', 'value_from_env');
    if (name === undefined || value === undefined) return undefined;
    headers.set(name, value);
  }
  return { url, headers: [...headers] };
}

function writtenValue(node: SyntaxNode, key: string, variableKey: string): WrittenValue | undefined {
  const [written, variable] = [text(node, key), text(node, variableKey)];
  if (written !== undefined) return variable === undefined ? { text: written } : undefined;
  return variable === undefined ? undefined : { variable };
}

function text(node: SyntaxNode, key: string): string | undefined {
  const value = property(node, key)?.value;
  return typeof value === 'string' ? value : undefined;
}
