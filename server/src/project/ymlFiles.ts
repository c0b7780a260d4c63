import type { Finding } from '../rules/rule.ts';
import { looksLikeConfigYaml } from './cliConfiguration.ts';
import type { ProjectLocation } from './discovery.ts';
import type { Documents } from './documents.ts';
import { baseName, directoryOf, isInside, joinPath } from './files.ts';
import { projectFinding } from './findings.ts';
import { findByGlob } from './globs.ts';

const misnamedConfig = 'config.yml';

/** More files than any metadata directory has. */
const mostLooks = 5000;

/** Names by which the CLI reads files of a metadata directory. */
const read =
  /^(?:actions|allow_list|api_limits|backend_configs|cron_triggers|databases|functions|graphql_schema_introspection|inherited_roles|metrics_config|network|opentelemetry|query_collections|query_tags|remote_schemas|rest_endpoints|sources|tables|version)\.yml$/;

/** Whether a path may be that of a `config.yaml` which the Hasura CLI does not read, spelled in any case. */
export function isMisnamedConfig(path: string, { root }: ProjectLocation): boolean {
  return directoryOf(path) === root && baseName(path).toLowerCase() === misnamedConfig;
}

/**
 * Files that the Hasura CLI does not read because their names end in `.yml`: those of a metadata directory, and a
 * `config.yml`. `included`: those that are said already, where they are included.
 */
export function ymlFindings(
  location: ProjectLocation,
  documents: Documents,
  included: ReadonlySet<string>,
): readonly (readonly [string, Finding])[] {
  const { layout, metadata, root } = location;
  if (metadata === undefined || (layout !== 'v3' && layout !== 'v2')) return [];
  const { files } = documents;
  if (files.isOutside(metadata)) return [];
  const list = (directory: string) => files.list(directory);
  const { paths } = findByGlob(list, metadata, '**/*.yml', mostLooks);
  const found = paths.filter((path) => !included.has(path)).map((path) => [path, findingOf(path)] as const);
  const config = documents.keyOfWritten(joinPath(root, misnamedConfig));
  const hasConfig = list(root)?.some(({ name }) => name === baseName(location.cliConfiguration)) === true;
  const text = hasConfig || isInside(config, metadata) ? undefined : documents.read(config);
  return text?.ok === true && looksLikeConfigYaml(text.text)
    ? [...found, [config, findingOf(config)]]
    : found;
}

function findingOf(path: string): Finding {
  const name = baseName(path);
  const right = name.replace(/yml$/, 'yaml');
  return projectFinding(
    'yml-file',
    `The Hasura CLI reads only files that end in ".yaml" and ignores this one. Rename it to "${right}".`,
    { offset: 0, length: 0 },
    { severity: read.test(name) || name.toLowerCase() === misnamedConfig ? 'error' : 'warning' },
  );
}
