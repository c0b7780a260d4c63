import { undoOperation } from '../../../../common/src/metadataApi/change/undoOperation.ts';
import type { CommandContext } from '../commandContext.ts';
import { connect } from '../connection/connect.ts';
import { change, tellOutcome } from '../connection/writing.ts';

/** The command: the endpoint gets back what it had before the last change from here. */
export async function undoLastChange(context: CommandContext): Promise<void> {
  const connection = await connect(context);
  if (connection === undefined) return;
  const again = () => undoLastChange(context);
  tellOutcome(await change(connection, context, undoOperation(), again));
}
