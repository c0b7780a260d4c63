import { basename } from 'node:path';

export const megabyte = 1024 * 1024;

/** The longest configuration that is read: people write them by hand. */
export const configurationLimit = megabyte;

const configuration = /^(?:\.env|config\.yaml|remote-relationships\.config\.(?:json|ya?ml))$/i;

/** The longest text that is read of a file, by its name: 1 MB of a configuration, 64 MB of any other. */
export function sizeLimit(path: string): number {
  return configuration.test(basename(path)) ? configurationLimit : 64 * megabyte;
}
