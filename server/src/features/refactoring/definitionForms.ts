import type { DefinitionForm } from '../../../../common/src/metadataApi/document/definition.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import {
  keyNames,
  legacyKeys,
  legacyNames,
  toRemoteSchema,
  unifiedNames,
} from '../../metadata/metadataSchema.ts';
import type { Relationship } from '../../metadata/relationship.ts';
import { liftKeys } from '../../syntax/edit/liftKeys.ts';
import { nestKeys } from '../../syntax/edit/nestKeys.ts';
import { rewriteBelow } from '../../syntax/edit/rewriteValue.ts';
import { property } from '../../syntax/nodes.ts';
import { type TextReplacement, touches } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';

/** How each form is called in titles. */
export const formTitles: Readonly<Record<DefinitionForm, string>> = {
  unified: 'as "to_remote_schema"',
  legacy: 'in the legacy form',
};

/**
 * The edit that writes the definition of a relationship in the other form, with its comments. `undefined` where it has that
 * form, where the server does not take it there, or where something else would change.
 */
export function rewriteForm(
  context: DocumentContext,
  relationship: Relationship,
  form: DefinitionForm,
): TextReplacement | undefined {
  const { definition } = relationship;
  if (definition?.kind !== 'to-remote-schema' || definition.form === form) return undefined;
  if (!mayBeWritten(context, relationship, form)) return undefined;
  // Nobody knows what is meant there.
  if (context.tree.problems.some((problem) => touches(relationship.node, problem.offset))) return undefined;
  const edit = (form === 'unified' ? nested : lifted)(context, relationship, definition.node);
  if (edit === undefined) return undefined;
  const { tree } = context;
  // What is written behind an anchor is read elsewhere, too.
  const isShared = tree.language === 'yaml' && /[&*]/.test(tree.text);
  return isShared && rewriteBelow(tree, relationship.node, [edit]) === undefined ? undefined : edit;
}

/** The same for all relationships of a file that have the other form. */
export function rewriteForms(context: DocumentContext, form: DefinitionForm): readonly TextReplacement[] {
  return context.model.relationships.flatMap(
    (relationship) => rewriteForm(context, relationship, form) ?? [],
  );
}

/** The relationships that have the other form, and so would be written anew. */
export function inOtherForm({ model }: DocumentContext, form: DefinitionForm): readonly Relationship[] {
  return model.relationships.filter(
    ({ definition }) => definition?.kind === 'to-remote-schema' && definition.form !== form,
  );
}

/**
 * Servers know `to_remote_schema` since v2.1. The legacy form has no place for the owner of a relationship of a remote
 * schema: `remote_schema` is its target there.
 */
function mayBeWritten(
  { catalogue: { serverVersion } }: DocumentContext,
  { owner, request }: Relationship,
  form: DefinitionForm,
): boolean {
  if (form === 'unified') return serverVersion.atLeast(2, 1);
  // v2.1.0 took no legacy requests.
  return owner.kind === 'table' && (request === undefined || serverVersion.atLeast(2, 1, 1));
}

function nested(
  { tree }: DocumentContext,
  { node, request }: Relationship,
  holder: SyntaxNode,
): TextReplacement | undefined {
  const keys = keyNames(legacyKeys);
  const moved = holder.children.filter(({ key }) => keys.includes(String(key?.value)));
  if (!isEach(moved, keys)) return undefined;
  if (request === undefined) {
    return holder.children.length === moved.length
      ? nestKeys(tree, holder, moved, ['to_remote_schema'], unifiedNames)
      : undefined;
  }
  return property(node, 'definition') === undefined
    ? nestKeys(tree, holder, moved, ['definition', 'to_remote_schema'], unifiedNames)
    : undefined;
}

function lifted(
  { tree }: DocumentContext,
  { node, request }: Relationship,
  holder: SyntaxNode,
): TextReplacement | undefined {
  if (!isEach(holder.children, keyNames(toRemoteSchema.keys))) return undefined;
  const wrapper = holder.parent;
  if (wrapper === undefined || wrapper.children.length !== 1) return undefined;
  if (request === undefined) return liftKeys(tree, holder, holder, legacyNames);
  return keyNames(legacyKeys).some((name) => property(node, name) !== undefined)
    ? undefined
    : liftKeys(tree, wrapper, holder, legacyNames);
}

/** Whether children have these keys, each once. */
function isEach(children: readonly SyntaxNode[], keys: readonly string[]): boolean {
  const written = children.map(({ key }) => String(key?.value));
  return written.length === keys.length && keys.every((key) => written.includes(key));
}
