import { cutText } from '../../../../common/src/boundedText.ts';
import { codeBlock } from '../../../../common/src/codeBlock.ts';
import { isLoopback } from '../../../../common/src/endpoint/endpointConfiguration.ts';
import { quoted, visible } from '../../../../common/src/foreignText.ts';
import { isJsonObject, type Json } from '../../../../common/src/metadataApi/document/json.ts';
import type { FileStatus, SchemaStatus } from '../../../../common/src/protocol.ts';
import type { EndpointChoice } from '../../endpointChoice.ts';
import type { ServerState } from '../../languageServerClient.ts';
import { type PrivateThings, withoutPrivateThings } from './privateText.ts';

/** A setting that someone has set: by the place where, `user`, `workspace` or `folder`. */
export type SetSetting = Readonly<Record<string, Json>>;

export interface ProblemFacts {
  /** Of the extension, VS Code and what they run on, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, SetSetting>>;
  readonly server: ServerState;
  /** Of the file in front; `undefined`: there is none, or nothing is known of it. */
  readonly status: FileStatus | undefined;
  readonly choice: EndpointChoice | undefined;
  /** An entry each. */
  readonly log: readonly string[];
}

/** Together they stay below what an issue takes, which is 65,536 characters. */
const longest = { setting: 8_000, inUse: 12_000, entry: 2_000, log: 30_000 };

/** The text of an issue, in Markdown. What is not ours stands in code blocks. */
export function problemReport(facts: ProblemFacts, privateThings: PrivateThings): string {
  const versions = Object.entries(facts.versions).map(([name, version]) => `${name}: ${version}`);
  const settings = JSON.stringify(reducedSettings(facts.settings), null, 2);
  const inUse = inUseLines(facts);
  const publish = withoutPrivateThings(privateThings, [settings, ...inUse, ...facts.log]);
  const block = (language: string, lines: readonly string[], most: number): string =>
    codeBlock(language, cutText(lines.map(visible).join('\n'), most));
  const published = (text: string): readonly string[] => publish(text).split('\n');
  return `<!-- Look through this text before you send it: it has names of your files, sources and remote schemas. -->

## What happened


## What you expected


## How to see it

<!-- A small piece of metadata says most. -->

## Versions

${block('text', versions.flatMap(published), longest.inUse)}

## Settings that were set

${block('json', published(settings), longest.setting)}

## In use

${block('text', inUse.flatMap(published), longest.inUse)}

## End of the log

${block('text', lastLines(facts.log.map((entry) => cutText(publish(entry), longest.entry))), longest.log)}
`;
}

/** As many of the last entries as there is room for. */
function lastLines(entries: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let room = longest.log;
  for (const entry of entries.toReversed()) {
    room -= entry.length + 1;
    if (room < 0) break;
    kept.unshift(...entry.split('\n'));
  }
  return kept;
}

/** What the entries of these settings have; whatever else someone wrote into them may be a secret. */
const knownKeys: Readonly<Record<string, readonly string[]>> = {
  sources: ['kind', 'tables'],
  remoteSchemas: ['schema'],
  endpoints: ['url', 'protected', 'readOnly', 'adminSecretVariable'],
};

function reducedSettings(settings: ProblemFacts['settings']): Json {
  return Object.fromEntries(
    Object.entries(settings).map(([name, places]) => [
      name,
      Object.fromEntries(
        Object.entries(places).map(([place, value]) => [place, reducedSetting(name, value)]),
      ),
    ]),
  );
}

function reducedSetting(name: string, value: Json): Json {
  const known = knownKeys[name];
  if (known === undefined) return value;
  if (!isJsonObject(value)) return leftOut;
  const entries = Object.entries(value).map(([key, entry]): [string, Json] => [
    key,
    reducedEntry(known, entry),
  ]);
  // Endpoints are often called by their hosts.
  return name === 'endpoints' ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

const leftOut = '[left out]';

function reducedEntry(known: readonly string[], entry: Json): Json {
  if (!isJsonObject(entry)) return leftOut;
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]): [string, Json] => {
      if (!known.includes(key)) return [visible(key), leftOut];
      if (key === 'url') return [key, typeof value === 'string' ? addressKind(value) : leftOut];
      if (key === 'adminSecretVariable') return [key, 'named'];
      return [key, value];
    }),
  );
}

/** `https, another host` */
export function addressKind(url: string): string {
  const protocol = URL.canParse(url) ? new URL(url).protocol.slice(0, -1) : '';
  if (protocol !== 'http' && protocol !== 'https') return 'no http or https address';
  return `${protocol}, ${isLoopback(url) ? 'this machine' : 'another host'}`;
}

function inUseLines({ server, status, choice }: ProblemFacts): readonly string[] {
  return [
    `language server: ${server.kind}${server.kind === 'failed' ? ` (${server.reason})` : ''}`,
    ...(status === undefined ? ['no file in front, or nothing known of it'] : statusLines(status)),
    choice === undefined
      ? 'endpoint: none chosen'
      : `endpoint: ${addressKind(choice.url)}${choice.protected ? ', protected' : ''}${choice.readOnly ? ', read-only' : ''}, admin secret ${choice.secretSource === null ? 'not named' : 'named'}`,
  ];
}

function statusLines(status: FileStatus): readonly string[] {
  const { recognised, project, serverVersion, sources, remoteSchemas, problems } = status;
  return [
    `file in front: ${recognised ? 'Hasura’s' : 'not Hasura’s'}`,
    `project: ${project === null ? 'none' : quoted(project.name)}`,
    `configuration file: ${project?.configurationUri == null ? 'none' : fileName(project.configurationUri)}`,
    `checked against: ${serverVersion}`,
    ...sources.map((source) => `source ${schemaLine(source)}`),
    ...remoteSchemas.map((schema) => `remote schema ${schemaLine(schema)}`),
    ...problems.map((problem) => `problem of the settings: ${problem}`),
  ];
}

function schemaLine({ name, state, uri, origin, problem, detail }: SchemaStatus): string {
  const known = [origin, uri === null ? null : fileName(uri), detail, problem].filter(
    (part) => part !== null,
  );
  return `${quoted(name)}: ${[state, ...known].join(', ')}`;
}

function fileName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
