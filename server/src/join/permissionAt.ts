import { knownValue, unknown } from '../catalogue/catalogue.ts';
import type { Property, RemoteSchemaPermission } from '../metadata/relationship.ts';
import { type PermissionPlace, permissionPlace } from '../schema/permissionPlace.ts';
import { lineStart } from '../syntax/lines.ts';
import { offsetInScalar, rangeInScalar } from '../syntax/scalarOffsets.ts';
import type { TextRange } from '../syntax/textRange.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { DocumentContext } from './documentContext.ts';

/** A place inside the SDL of a permission, in the document. */
export interface PermissionTarget extends PermissionPlace {
  /** The word around the offset. */
  readonly word: TextRange;
  /** The text that holds the SDL. */
  readonly node: SyntaxNode;
  /** Where the remote schema was read from. */
  readonly origin: string | undefined;
}

/** What an offset stands on that is inside the SDL of a permission; `undefined` everywhere else, and where the schema is not known. */
export function permissionAt(context: DocumentContext, offset: number): PermissionTarget | undefined {
  for (const { name, schema: written } of permissionsOf(context)) {
    if (written.state !== 'present' || name.state !== 'present') continue;
    const { node } = written;
    if (!isIn(context.tree.text, node, offset)) continue;
    const remoteSchema = knownValue(context.catalogue.remoteSchema(name.value));
    const schema = knownValue(remoteSchema?.schema ?? unknown);
    const at = offsetInScalar(context.tree, node, offset);
    if (schema === undefined || at === undefined) return undefined;
    const place = permissionPlace(written.value, at, schema);
    if (place === undefined) return undefined;
    const { start, end } = place;
    const empty = start === end;
    const word = empty
      ? { offset, length: 0 }
      : rangeInScalar(context.tree, node, { offset: start, length: end - start });
    return word && { ...place, word, node, origin: remoteSchema?.origin };
  }
  return undefined;
}

/** Inside a text, or behind the last word of one that is written line by line, in its column. */
function isIn(text: string, { offset: start, length }: SyntaxNode, offset: number): boolean {
  if (offset < start) return false;
  if (offset <= start + length) return true;
  const behind = text.slice(start + length, offset);
  if (behind.trim() !== '') return false;
  const indentation = /\n([ ]+)\S/.exec(text.slice(start, start + length))?.[1]?.length;
  return indentation !== undefined && offset - lineStart(text, offset) >= indentation;
}

function* permissionsOf({
  model,
}: DocumentContext): Generator<{ readonly name: Property<string> } & Pick<RemoteSchemaPermission, 'schema'>> {
  for (const { name, permissions } of model.remoteSchemas)
    for (const { schema } of permissions) yield { name, schema };
  for (const { remoteSchema, permission } of model.requestedPermissions)
    yield { name: remoteSchema, schema: permission.schema };
}
