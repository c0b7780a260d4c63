import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  InsertTextFormat,
  type Position,
} from 'vscode-languageserver-types';
import { boundedName } from '../../../../common/src/boundedText.ts';
import type { PermissionTarget } from '../../join/permissionAt.ts';
import type { PermissionOption, PermissionThing } from '../../schema/permissionPlace.ts';
import type { NodeStyle } from '../../syntax/tree.ts';
import { describeDefinition, fieldSignature, inputSignature } from '../hover/describe.ts';
import { prose } from '../hover/markdown.ts';
import { CompletionLimits } from './completionLimits.ts';
import { documentationOf } from './documentation.ts';

export interface PermissionCompletionOptions {
  /** The character that opened the list by itself. */
  readonly trigger?: string | undefined;
  readonly markdown?: boolean;
  positionAt(offset: number): Position;
}

/** What can stand inside the SDL of a permission: what the remote schema has and the permission does not have yet. */
export function completePermission(
  target: PermissionTarget,
  text: string,
  offset: number,
  { trigger, positionAt, markdown }: PermissionCompletionOptions,
): CompletionList {
  const { word, options, written, node } = target;
  const end = word.offset + word.length;
  const typed = text.slice(word.offset, offset);
  const limits = new CompletionLimits(typed);
  const open = options.filter(({ name }) => !written.has(name));
  // A list opens for who asks, or types a word; and Enter is to begin a new line behind one that is typed to its end.
  const isTyped = typed !== '' && offset === end && open.some(({ name }) => name === typed);
  if (trigger !== undefined || isTyped) return { isIncomplete: false, items: [] };
  const shown = limits.best(open, ({ name }) => name);
  const width = String(shown.length).length;
  const range = { start: positionAt(word.offset), end: positionAt(end) };
  // Where more of it stands already, only the name is put in.
  const goesOn = /^[ \t]*[(:]/.test(text.slice(end, end + 100));
  return {
    isIncomplete: limits.cut,
    items: shown.map((option, at): CompletionItem => {
      const { name, thing } = option;
      const documentation = describe(thing);
      return {
        label: name,
        kind: kinds[thing?.kind ?? 'word'],
        filterText: name,
        sortText: String(at).padStart(width, '0'),
        insertTextFormat: InsertTextFormat.PlainText,
        textEdit: { range, newText: escaped(goesOn ? name : textOf(option), node.style) },
        ...(thing?.kind === 'field' ? { detail: boundedName(fieldSignature(thing.field)) } : {}),
        ...(thing?.kind === 'input' ? { detail: boundedName(inputSignature(thing.input)) } : {}),
        ...(documentation === undefined
          ? {}
          : { documentation: documentationOf(documentation, markdown === true) }),
        ...(isDeprecated(thing) ? { tags: [CompletionItemTag.Deprecated] } : {}),
      };
    }),
  };
}

const kinds = {
  word: CompletionItemKind.Keyword,
  type: CompletionItemKind.Class,
  field: CompletionItemKind.Method,
  input: CompletionItemKind.Property,
  'enum-value': CompletionItemKind.EnumMember,
} as const;

function textOf({ name, text, thing }: PermissionOption): string {
  if (text !== undefined) return text;
  if (thing?.kind === 'field') return fieldSignature(thing.field);
  return thing?.kind === 'input' ? inputSignature(thing.input) : name;
}

function describe(thing: PermissionThing | undefined): string | undefined {
  switch (thing?.kind) {
    case 'field':
      return describeDefinition(thing.field);
    case 'input':
      return describeDefinition(thing.input);
    case 'type':
      return thing.type.description === undefined ? undefined : prose(thing.type.description);
    default:
      return undefined;
  }
}

function isDeprecated(thing: PermissionThing | undefined): boolean {
  if (thing?.kind === 'field') return thing.field.deprecationReason !== undefined;
  return thing?.kind === 'input' && thing.input.deprecationReason !== undefined;
}

/** As it stands in a text of that style. */
function escaped(text: string, style: NodeStyle): string {
  if (style === 'double-quoted') return JSON.stringify(text).slice(1, -1);
  return style === 'single-quoted' ? text.replaceAll("'", "''") : text;
}
