import type { ProjectLocation } from './discovery.ts';
import { type FileSystem, joinPath } from './files.ts';

/** A file that a migration may consist of: SQL, or the steps of the older CLI in YAML. */
export interface MigrationFile {
  readonly path: string;
  readonly language: 'sql' | 'yaml';
}

export interface Migrations {
  readonly folder: string;
  /** In the order they run. A folder of a version need not have both files. */
  readonly files: readonly MigrationFile[];
  /** Where others may come. */
  readonly directories: readonly string[];
}

/** `1658_create_users`, and in one folder with others `1658_create_users.up.sql`; seeds have versions, too, but another folder. */
const versionFolder = /^(\d+)_/;
const versionFile = /^(\d+)_.*\.up\.(sql|yaml)$/;
const seeds = 'seeds';

/**
 * The migrations of a source, as the Hasura CLI finds them: in a folder of its name (config version 3), or right in the folder
 * of migrations (version 2). The only source of a project also has what lies in the only folder, whatever that is called.
 */
export function migrationsOf(
  files: FileSystem,
  { migrations, layout }: Pick<ProjectLocation, 'migrations' | 'layout'>,
  source: string,
  isOnlySource: boolean,
): Migrations | undefined {
  const own = joinPath(migrations, source);
  const inOwn = (): Migrations | undefined =>
    own.startsWith(`${migrations}/`) ? migrationsIn(files, own, migrations) : undefined;
  const right = (): Migrations | undefined => migrationsIn(files, migrations);
  if (layout === 'v2') return right() ?? inOwn();
  return inOwn() ?? (isOnlySource ? (right() ?? inOnlyFolder(files, migrations)) : undefined);
}

function inOnlyFolder(files: FileSystem, migrations: string): Migrations | undefined {
  const found = (files.list(migrations) ?? [])
    .filter(({ name, kind }) => kind === 'directory' && name !== seeds)
    .flatMap(({ name }) => migrationsIn(files, joinPath(migrations, name), migrations) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

function migrationsIn(files: FileSystem, folder: string, around?: string): Migrations | undefined {
  const found: (MigrationFile & { readonly version: bigint; readonly name: string })[] = [];
  const directories = [...(around === undefined ? [] : [around]), folder];
  for (const { name, kind } of files.list(folder) ?? []) {
    const version = (kind === 'directory' ? versionFolder : versionFile).exec(name)?.[1];
    if (version === undefined) continue;
    const path = joinPath(folder, name);
    const place = { version: BigInt(version), name };
    if (kind === 'directory') {
      directories.push(path);
      for (const language of ['sql', 'yaml'] as const) {
        found.push({ ...place, path: joinPath(path, `up.${language}`), language });
      }
    } else found.push({ ...place, path, language: name.endsWith('.sql') ? 'sql' : 'yaml' });
  }
  if (found.length === 0) return undefined;
  const order = found.toSorted((a, b) =>
    a.version === b.version
      ? a.name < b.name
        ? -1
        : a.name > b.name
          ? 1
          : 0
      : a.version < b.version
        ? -1
        : 1,
  );
  return { folder, files: order.map(({ path, language }) => ({ path, language })), directories };
}
