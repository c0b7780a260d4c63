import type { Severity } from './rule.ts';

/** What the project reports beside the rules: files that can't be read, found or followed. */
export interface ProjectCode {
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  /** Sections or rules of the specification. */
  readonly specification: readonly string[];
}

export const projectCodes: readonly ProjectCode[] = [
  {
    code: 'include-not-found',
    title: 'An `!include` names a file that does not exist.',
    severity: 'error',
    specification: ['1.3'],
  },
  {
    code: 'include-case',
    title: 'An `!include` differs from the name of the file in upper and lower case.',
    severity: 'warning',
    specification: ['1.3'],
  },
  {
    code: 'include-backslash',
    title: 'An `!include` has a backslash, which separates folders only on Windows.',
    severity: 'warning',
    specification: ['1.3'],
  },
  {
    code: 'include-cycle',
    title: 'Files include each other in a cycle.',
    severity: 'error',
    specification: ['1.3'],
  },
  {
    code: 'include-outside-workspace',
    title: 'An `!include` points outside the workspace.',
    severity: 'warning',
    specification: ['1.3', 'C15'],
  },
  {
    code: 'include-not-yaml',
    title: 'An included file does not end in `.yaml`, so it is inserted as a string.',
    severity: 'error',
    specification: ['1.3'],
  },
  {
    code: 'include-not-resolved',
    title: 'An `!include` is in a place where the CLI does not follow it.',
    severity: 'error',
    specification: ['1.3', 'C8', 'C16'],
  },
  {
    code: 'include-empty',
    title: 'An included file is empty, which crashes the Hasura CLI.',
    severity: 'error',
    specification: ['1.3', 'C9'],
  },
  {
    code: 'ignored-document',
    title: 'A file has a second YAML document, which the Hasura CLI does not read.',
    severity: 'warning',
    specification: ['C5'],
  },
  {
    code: 'unlisted-file',
    title: 'A file lies in a metadata directory, but no `!include` leads to it.',
    severity: 'information',
    specification: ['1.3'],
  },
  {
    code: 'yml-file',
    title: 'A file of the metadata ends in `.yml`, so the Hasura CLI does not read it.',
    severity: 'error',
    specification: ['1.2'],
  },
  {
    code: 'layout-version',
    title: 'The `version` in `config.yaml` does not match the layout of the metadata directory.',
    severity: 'warning',
    specification: ['9.3', 'C6'],
  },
  {
    code: 'metadata-not-found',
    title: 'The metadata that `config.yaml` names does not exist.',
    severity: 'information',
    specification: ['9.1'],
  },
  {
    code: 'schema-file',
    title: 'The schema of a remote schema can’t be read.',
    severity: 'error',
    specification: [],
  },
  { code: 'table-snapshot', title: 'A table snapshot can’t be read.', severity: 'error', specification: [] },
  {
    code: 'sql-syntax',
    title: 'SQL that creates tables can’t be read.',
    severity: 'information',
    specification: [],
  },
  {
    code: 'migrations-out-of-step',
    title: 'Relationships join on several columns that the tables lack after the migrations.',
    severity: 'warning',
    specification: [],
  },
  {
    code: 'configuration',
    title: 'Something in the configuration file is wrong.',
    severity: 'error',
    specification: [],
  },
  {
    code: 'outside-workspace',
    title: 'A file is outside the folders that are read.',
    severity: 'error',
    specification: [],
  },
  {
    code: 'not-checked',
    title: 'A file could not be checked because of an error in this program.',
    severity: 'warning',
    specification: [],
  },
  { code: 'unreadable-file', title: 'A file can’t be read.', severity: 'error', specification: [] },
];

const codes = new Set(projectCodes.map(({ code }) => code));

export function isProjectCode(code: string): boolean {
  return codes.has(code);
}
