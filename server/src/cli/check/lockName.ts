/** The file that `lock` writes, in the project's folder. */
export const lockName = 'remote-relationships.lock.yaml';
