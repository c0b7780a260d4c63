import type { Location, Log, Region, ReportingDescriptor, Result } from 'sarif';
import { version } from '../../../../package.json';
import { rules } from '../../rules/list.ts';
import { projectCodes } from '../../rules/projectCodes.ts';
import type { Severity } from '../../rules/rule.ts';
import { rulePage } from '../../rules/rulePage.ts';
import { type FileRange, type LintReport, type ReportedFinding, wholeMessage } from './finding.ts';
import { fingerprints } from './fingerprint.ts';

const levels: Readonly<Record<Severity, Result.level>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** SARIF 2.1.0, with every rule, related places and fixes. */
export function sarifReport({ findings }: LintReport): Log {
  const described = descriptors();
  const indexOf = new Map(described.map(({ id }, index) => [id, index]));
  const prints = fingerprints(findings);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'remote-relationships',
            fullName: 'Remote Relationships for Hasura',
            semanticVersion: version,
            informationUri: 'https://github.com/hasura-remote-relationships/hasura-remote-relationships',
            rules: described,
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          '%SRCROOT%': { description: { text: 'The directory in which the check was started.' } },
        },
        results: findings.map((finding, index) => result(finding, indexOf, prints[index] ?? '')),
      },
    ],
  };
}

function descriptors(): ReportingDescriptor[] {
  return [...rules, ...projectCodes].map(({ code, title, severity }) => ({
    id: code,
    shortDescription: { text: plain(title) },
    help: { text: `${plain(title)} See ${rulePage(code)}`, markdown: `${title} [More](${rulePage(code)})` },
    helpUri: rulePage(code),
    defaultConfiguration: { level: levels[severity] },
  }));
}

/** Titles are Markdown with code spans. */
function plain(title: string): string {
  return title.replaceAll('`', '');
}

function result(finding: ReportedFinding, indexOf: ReadonlyMap<string, number>, print: string): Result {
  const { code, severity, related, fixes, relationship } = finding;
  const ruleIndex = indexOf.get(code);
  return {
    ruleId: code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: wholeMessage(finding) },
    locations: [
      {
        ...location(finding),
        ...(relationship === null
          ? {}
          : { logicalLocations: [{ name: relationship, kind: 'remote relationship' }] }),
      },
    ],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place, id) => ({
            id: id + 1,
            ...location(place),
            message: { text: place.message },
          })),
        }),
    ...(fixes.length === 0
      ? {}
      : {
          fixes: fixes.map(({ title, replacements }) => ({
            description: { text: title },
            artifactChanges: [
              {
                artifactLocation: artifact(finding.file),
                replacements: replacements.map((place) => ({
                  deletedRegion: region(place),
                  insertedContent: { text: place.text },
                })),
              },
            ],
          })),
        }),
    partialFingerprints: { 'remoteRelationships/v1': print },
  };
}

function location(place: FileRange): Location {
  return { physicalLocation: { artifactLocation: artifact(place.file), region: region(place) } };
}

function artifact(file: string): { uri: string; uriBaseId?: string } {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  // Of another drive, or from another way to name a file.
  if (/^[A-Za-z]:\//.test(file)) return { uri: `file:///${uri.replace('%3A', ':')}` };
  return file.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}

function region({ line, column, endLine, endColumn }: FileRange): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}
