import { localized } from '../../../../common/src/localized.ts';
import type { CommandContext } from '../commandContext.ts';
import type { Subject } from '../view/viewNode.ts';
import { tellNoNode } from './viewCommands.ts';
import { writeShownDefinition } from './writeShownDefinition.ts';

/** The command: the file that has a relationship, or its owner, says what the server says, once that was looked at. */
export async function copyServerDefinition(
  context: CommandContext,
  subject: Subject | undefined,
): Promise<void> {
  const { relationship, project, endpoint } = subject ?? {};
  if (relationship?.server === undefined || project === undefined || endpoint === undefined) {
    tellNoNode();
    return;
  }
  const { identity, server } = relationship;
  const wanted = { uri: project.folder.toString(), identity, definition: server.definition };
  await writeShownDefinition(context, wanted, {
    notWritten: (obstacle) => localized`"${identity.name}" was not copied. ${obstacle}`,
    question: (file, isNew) =>
      isNew
        ? localized`Add "${identity.name}" to ${file}, as ${endpoint.host} has it?`
        : localized`Change "${identity.name}" in ${file} to what ${endpoint.host} has?`,
  });
}
