import { commands, Location, Position, Uri } from 'vscode';
import { joiningRelationshipsRequest, type TextPosition } from '../../common/src/protocol.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { rangeOf } from './ui/fileRange.ts';

/**
 * What a code lens of the server runs: shows the relationships that it counts, else whatever names what stands there.
 *
 * `position`: zero-based, the character in UTF-16 units.
 */
export async function showReferences(
  server: Pick<LanguageServerClient, 'ask'>,
  uri: string,
  position: TextPosition,
): Promise<void> {
  const joining = (await server.ask(joiningRelationshipsRequest, { uri, position })) ?? [];
  const here = [Uri.parse(uri), new Position(position.line, position.character)] as const;
  if (joining.length === 0) {
    await commands.executeCommand('editor.action.findReferences', ...here);
    return;
  }
  const locations = joining.map((each) => new Location(Uri.parse(each.uri), rangeOf(each.range)));
  await commands.executeCommand('editor.action.showReferences', ...here, locations);
}
