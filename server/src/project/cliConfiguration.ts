import { readConfigYaml } from '../../../common/src/endpoint/configYaml.ts';
import type { Finding } from '../rules/rule.ts';
import { foreignLines } from '../syntax/foreignLines.ts';
import type { ProjectLocation } from './discovery.ts';
import type { Documents, ParsedDocument } from './documents.ts';
import { projectFinding } from './findings.ts';

/** By document: it is asked for whenever files are listed. */
const known = new WeakMap<ParsedDocument, readonly Finding[]>();

/** What keeps the Hasura CLI from reading it: then nothing is sent from the project either. */
export function cliConfigurationFindings(
  location: ProjectLocation,
  documents: Documents,
): readonly Finding[] {
  const { cliConfiguration: path, missing } = location;
  const document = documents.get(path);
  const beside = location.metadata !== undefined && location.layout !== 'file';
  if (document === undefined) {
    const result = documents.read(path);
    return result.ok || result.problem === 'missing' || !beside
      ? []
      : [projectFinding('unreadable-file', result.message, { offset: 0, length: 0 })];
  }
  // Many programs have a `config.yaml`.
  if (!beside && !looksLikeConfigYaml(document.syntax.text)) return [];
  const findings = known.get(document) ?? findingsIn(document.syntax.text);
  known.set(document, findings);
  const message = 'This file or folder does not exist: no metadata of this project is checked.';
  const absent = missing === undefined ? [] : [projectFinding('metadata-not-found', message, missing)];
  return [...findings, ...layoutFindings(location), ...absent];
}

const tableFiles = { 2: '"tables.yaml"', 3: '"databases/databases.yaml"' } as const;

/** The CLI goes by the version, not by which files there are (C6). */
function layoutFindings({ otherVersion }: ProjectLocation): readonly Finding[] {
  if (otherVersion === undefined) return [];
  const { version, ...range } = otherVersion;
  const message = `With version ${version} the Hasura CLI reads ${tableFiles[version]}, which does not exist, and not ${tableFiles[version === 2 ? 3 : 2]}.`;
  return [projectFinding('layout-version', message, range)];
}

function findingsIn(text: string): readonly Finding[] {
  const config = readConfigYaml(text);
  if (config.outcome === 'read') return [];
  const foreign = foreignLines(text, 'yaml');
  if (foreign !== undefined) return [projectFinding('unreadable-file', foreign.message, foreign)];
  const { problem, offset, length } = config;
  return [projectFinding('unreadable-file', problem, { offset, length })];
}

/** Whether a text has keys that the `config.yaml` of other programs has not. */
export function looksLikeConfigYaml(text: string): boolean {
  return (
    /^version\s*:/im.test(text) && /^(?:endpoint|metadata_(?:directory|file)|admin_secrets?)\s*:/im.test(text)
  );
}
