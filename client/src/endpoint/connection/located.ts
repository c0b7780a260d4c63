import { Position, Uri, window } from 'vscode';
import { localized } from '../../../../common/src/localized.ts';
import type { RelationshipIdentity } from '../../../../common/src/metadataApi/document/relationshipIdentity.ts';
import { type RelationshipPayload, relationshipsRequest } from '../../../../common/src/protocol.ts';
import { display } from '../../ui/displayText.ts';
import { type FileRange, openAction, openPlace, rangeOf } from '../../ui/fileRange.ts';
import { tell } from '../../ui/messages.ts';
import { pick } from '../../ui/quickPick.ts';
import type { CommandContext } from '../commandContext.ts';
import { tellServerDown } from '../ui/messages.ts';

/** A relationship of a document. */
export interface Located {
  readonly uri: Uri;
  readonly payload: RelationshipPayload;
}

/** What a code lens gives to its command. */
export interface LensArgument {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** The relationship a lens stands above, or the one at the cursor, or one of the file; says why there is none. */
export async function locate({ server }: CommandContext, argument: unknown): Promise<Located | undefined> {
  const editor = window.activeTextEditor;
  const lens = isLensArgument(argument) ? argument : undefined;
  const uri = lens ? Uri.parse(lens.uri) : editor?.document.uri;
  if (uri === undefined) {
    tell('information', display`Open a file with remote relationships and put the cursor in one.`);
    return undefined;
  }
  const position = lens
    ? new Position(lens.position.line, lens.position.character)
    : editor?.selection.active;
  const around = await server.ask(relationshipsRequest, {
    uri: uri.toString(),
    ...(position && { position: { line: position.line, character: position.character } }),
  });
  if (around === undefined) {
    tellServerDown();
    return undefined;
  }
  // A lens stands where its relationship begins; another one may end there.
  const payload =
    around.find(({ range }) => lens !== undefined && rangeOf(range).start.isEqual(rangeStart(lens))) ??
    around[0] ??
    (await pickRelationship((await server.ask(relationshipsRequest, { uri: uri.toString() })) ?? []));
  return payload && { uri, payload };
}

/** The relationship that `locate` finds, if it is known which of a server's it is; else says why it is not. */
export async function locateKnown(
  context: CommandContext,
  argument: unknown,
): Promise<{ readonly located: Located; readonly identity: RelationshipIdentity } | undefined> {
  const located = await locate(context, argument);
  if (located === undefined) return undefined;
  const { identity, obstacle } = located.payload;
  if (identity !== null) return { located, identity };
  const text = localized`It is not known which relationship this is. ${obstacle ?? ''}`;
  tell('error', display(text), openAction(fileRangeOf(located)));
  return undefined;
}

/** What the file has of it by now: it may have been edited since. */
export async function locateAgain(
  { server }: CommandContext,
  { uri, payload }: Located,
): Promise<RelationshipPayload | undefined> {
  const identity = JSON.stringify(payload.identity);
  const now = await server.ask(relationshipsRequest, { uri: uri.toString() });
  return now?.find((each) => JSON.stringify(each.identity) === identity);
}

/** The relationships that are selected, when no lens was pressed; else as `locate` finds it. */
export async function locateSelected(
  context: CommandContext,
  argument: unknown,
): Promise<readonly Located[]> {
  const editor = window.activeTextEditor;
  if (!isLensArgument(argument) && editor !== undefined && !editor.selection.isEmpty) {
    const { uri } = editor.document;
    const selected = (await context.server.ask(relationshipsRequest, { uri: uri.toString() }))?.filter(
      ({ range }) => editor.selection.intersection(rangeOf(range))?.isEmpty === false,
    );
    if (selected !== undefined && selected.length > 0) return selected.map((payload) => ({ uri, payload }));
  }
  const located = await locate(context, argument);
  return located === undefined ? [] : [located];
}

function rangeStart({ position }: LensArgument): Position {
  return new Position(position.line, position.character);
}

async function pickRelationship(
  payloads: readonly RelationshipPayload[],
): Promise<RelationshipPayload | undefined> {
  if (payloads.length === 0) {
    tell('information', display`This file has no remote relationships.`);
    return undefined;
  }
  const items = payloads.map((payload) => ({
    label: display(payload.name || localized`without a name`),
    description: display`line ${payload.range.start.line + 1}`,
    payload,
  }));
  const title = display`Which relationship? The cursor is in none.`;
  return (await pick(items, { title }))?.payload;
}

export function isLensArgument(value: unknown): value is LensArgument {
  return typeof value === 'object' && value !== null && 'uri' in value && 'position' in value;
}

/** Where the name of a relationship is written. */
export function fileRangeOf({ uri, payload }: Located): FileRange {
  return { uri, range: payload.nameRange };
}

/** Shows the definition in its file. */
export async function openDefinition(located: Located): Promise<void> {
  await openPlace(fileRangeOf(located));
}
