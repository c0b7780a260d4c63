import { undoOperation } from '../../../../common/src/metadataApi/change/undoOperation.ts';
import { connect } from '../connection/connection.ts';
import { change, tellOutcome } from '../connection/writing.ts';
import type { Services } from '../services.ts';
import type { Tools } from '../tools.ts';

/** The command: the endpoint gets back what it had before the last change from here. */
export async function undoLastChange(services: Services, tools: Tools): Promise<void> {
  const connection = await connect(services);
  if (connection === undefined) return;
  const again = () => undoLastChange(services, tools);
  tellOutcome(await change(connection, tools, undoOperation(), again));
}
