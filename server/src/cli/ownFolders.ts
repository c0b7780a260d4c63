import { isAbsolute } from 'node:path';

/** Folders of this program, by the convention of the platform; each `undefined` where the home directory is not known. */
export async function ownFolders(): Promise<Readonly<Record<'data' | 'cache', string | undefined>>> {
  const { default: envPaths } = await import('env-paths');
  const { data, cache } = envPaths('remote-relationships', { suffix: '' });
  return { data: absolute(data), cache: absolute(cache) };
}

function absolute(path: string): string | undefined {
  return isAbsolute(path) ? path : undefined;
}
