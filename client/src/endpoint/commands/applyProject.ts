import { Uri } from 'vscode';
import { projectRequest } from '../../../../common/src/protocol.ts';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { findProject } from '../connection/project.ts';
import { tellServerDown } from '../ui/messages.ts';
import { apply } from './apply.ts';

/** The command: the endpoint gets all relationships in the metadata of a project: the folder given, or the active file's. */
export async function applyProject(context: CommandContext, argument: unknown): Promise<void> {
  const folder = argument instanceof Uri ? argument : (await findProject(context))?.folder;
  if (folder === undefined) {
    tell('warning', display`Open the folder of a Hasura project first.`);
    return;
  }
  const content = await context.server.ask(projectRequest, { uri: folder.toString() });
  if (content === undefined) {
    tellServerDown();
    return;
  }
  const located = (content?.files ?? []).flatMap(({ uri, relationships }) =>
    relationships.map((payload) => ({ uri: Uri.parse(uri), payload })),
  );
  if (located.length === 0) {
    tell('information', display`The metadata of this project has no remote relationships.`);
    return;
  }
  await apply(context, located, () => applyProject(context, folder));
}
