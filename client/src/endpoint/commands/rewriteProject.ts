import { commands, Uri } from 'vscode';
import { localized } from '../../../../common/src/localized.ts';
import type {
  ProjectRewriteAnswer,
  RewriteProjectParams,
  rewriteProjectCommand,
} from '../../../../common/src/protocol.ts';
import { display } from '../../ui/displayText.ts';
import { openAction } from '../../ui/fileRange.ts';
import { tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { findProject } from '../connection/project.ts';
import { tellServerDown } from '../ui/messages.ts';

/** The command: every relationship of the project in one form, once the edits were looked at. */
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
  const answer = await commands.executeCommand<Omit<ProjectRewriteAnswer, 'edit'> | null>(
    'remoteRelationships.rewriteProject' satisfies typeof rewriteProjectCommand,
    params,
  );
  const left = answer?.left ?? [];
  const [first] = left;
  if (first !== undefined) {
    tell(
      'warning',
      display`Left as they are: ${left.length} of the relationships, among them "${first.name}". What they say can’t be written in that form, or not where it stands.`,
      openAction({ uri: Uri.parse(first.uri), range: first.range }),
    );
  } else if ((answer?.files ?? 0) === 0) {
    tell('information', display`No relationship of ${project.name} has to be written anew.`);
  }
}
