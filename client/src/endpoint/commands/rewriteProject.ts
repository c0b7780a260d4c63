import { commands, Uri } from 'vscode';
import { counted } from '../../../../common/src/counted.ts';
import { localized } from '../../../../common/src/localized.ts';
import {
  type RewriteProjectParams,
  type rewriteProjectCommand,
  rewriteProjectRequest,
} from '../../../../common/src/protocol.ts';
import { display } from '../../ui/displayText.ts';
import { openAction } from '../../ui/fileRange.ts';
import { confirm, tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { findProject } from '../connection/project.ts';
import { tellServerDown } from '../ui/messages.ts';

/** The command: every relationship of the project in one form, once a dialog has said how many files change. */
export async function rewriteProject(
  context: CommandContext,
  form: RewriteProjectParams['form'],
): Promise<void> {
  // The server's own command is there only while it runs.
  if (context.server.state.kind !== 'running')
    return tellServerDown(localized`the files of the project can’t be read`);
  const project = await findProject(context);
  if (project === undefined) return;
  const params: RewriteProjectParams = { uri: project.folder.toString(), form };
  const { files = 0, left = [] } = (await context.server.ask(rewriteProjectRequest, params)) ?? {};
  const [first] = left;
  if (files === 0 && first === undefined) {
    tell('information', display`No relationship of ${project.name} has to be written anew.`);
    return;
  }
  if (files > 0) {
    const agreed = await confirm(
      'information',
      display`Write the relationships of ${project.name} anew in ${counted(files, 'file')}?`,
      display`The files are changed in the editor, and yours to save.`,
      display`Write`,
    );
    if (!agreed) return;
    await commands.executeCommand(
      'remoteRelationships.rewriteProject' satisfies typeof rewriteProjectCommand,
      params,
    );
  }
  if (first !== undefined) {
    tell(
      'warning',
      display`Left as it is: ${counted(left.length, 'relationship')}, first "${first.name}". What is said there can’t be written in that form, or not where it stands.`,
      openAction({ uri: Uri.parse(first.uri), range: first.range }),
    );
  }
}
