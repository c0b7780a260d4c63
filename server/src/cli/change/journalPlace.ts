import { type Journal, journalIn } from '../../../../common/src/metadataApi/change/journal.ts';
import { CommandError } from '../commandError.ts';
import { ownFolders } from '../ownFolders.ts';

/** The journal of this program. @throws CommandError where there is no place for it */
export async function commandLineJournal(): Promise<Journal> {
  const { data } = await ownFolders();
  if (data === undefined) {
    throw new CommandError('There is no place for the journal of changes: your home directory is not known.');
  }
  return journalIn(data);
}
