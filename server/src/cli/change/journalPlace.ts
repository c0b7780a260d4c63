import { isAbsolute } from 'node:path';
import { type Journal, journalIn } from '../../../../common/src/metadataApi/change/journal.ts';
import { CommandError } from '../commandError.ts';

/** The journal of this program, by the convention of the platform. @throws CommandError where there is no place for it */
export async function commandLineJournal(): Promise<Journal> {
  const { default: envPaths } = await import('env-paths');
  const folder = envPaths('remote-relationships', { suffix: '' }).data;
  if (!isAbsolute(folder)) {
    throw new CommandError('There is no place for the journal of changes: your home directory is not known.');
  }
  return journalIn(folder);
}
