import { localized } from '../../../../common/src/localized.ts';
import { readServerState } from '../../../../common/src/metadataApi/plan/serverState.ts';
import type { HasuraProject } from '../../hasuraProject.ts';
import { display } from '../../ui/displayText.ts';
import { tell } from '../../ui/messages.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import { enterAdminSecret as enterAction } from '../ui/messages.ts';

/** The command: takes the admin secret of the chosen endpoint and keeps it when the endpoint does. */
export async function enterAdminSecret(context: CommandContext, project?: HasuraProject): Promise<void> {
  const connection = await connect(context, project);
  if (connection === undefined) return;
  if (await connection.askSecret()) {
    if (context.view.visible) connection.tellRead(await readServerState(connection.client));
    tell('information', display`The admin secret of ${connection.host} is correct, and saved by VS Code.`);
  }
}

/** The command: forgets the secret that was entered for the chosen endpoint. One of the environment stays in use. */
export async function forgetAdminSecret(context: CommandContext): Promise<void> {
  const connection = await connect(context);
  if (connection === undefined) return;
  await connection.forgetSecret();
  const configured = connection.endpoint.configuredSecret();
  const message = localized`The admin secret that was entered for ${connection.host} is forgotten.`;
  if (configured === undefined) tell('information', display(message), enterAction);
  else tell('information', display`${message} The one of ${configured.from} stays in use.`);
}
