/**
 * What `import { lint } from 'hasura-remote-relationships'` offers. This file is shipped as it is, as the types of the package:
 * it imports nothing.
 */

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface LintOptions {
  /** Files and directories, absolute or relative to `workingDirectory`; that directory by default. */
  readonly paths?: readonly string[];
  /** That of the process by default. */
  readonly workingDirectory?: string;
  /** A configuration file in place of the projects' own. */
  readonly configuration?: string;
  /** Severities by code, before every configuration. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** A text that stands for a file, which need not exist: it alone is checked, and `paths` do not count. */
  readonly text?: { readonly path: string; readonly text: string };
  /** Variables that the Hasura CLI reads; none by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** A folder in which it is kept what SQL migrations say; nothing is kept by default. */
  readonly cacheFolder?: string;
}

/** Lines and columns begin at 1; columns count UTF-16 units; the end is behind the last. */
export interface Range {
  /** Relative to the working directory, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Finding extends Range {
  /** `unknown-remote-field`: each has a page in `docs/rules`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The server's own words, when it would refuse it. */
  readonly serverMessage?: string;
  /** Name of the relationship; `null` where the finding belongs to none. */
  readonly relationship: string | null;
  /** The line it begins in; empty when the file can't be read. */
  readonly sourceLine: string;
  readonly related: readonly (Range & { readonly message: string })[];
  readonly fixes: readonly {
    readonly title: string;
    readonly replacements: readonly (Range & { readonly text: string })[];
  }[];
}

export interface LintResult {
  /** By file and place. */
  readonly findings: readonly Finding[];
  /** Every file that was checked. */
  readonly files: readonly string[];
  /** What was not checked because a schema is not known, in one line; `undefined` when everything was. */
  readonly unchecked: string | undefined;
  /** What is worth knowing besides: a folder that can't be read, a file in no language of ours, that there is no metadata. */
  readonly notes: readonly string[];
}

export type ReportFormat =
  | 'text'
  | 'json'
  | 'sarif'
  | 'github'
  | 'gitlab'
  | 'junit'
  | 'checkstyle'
  | 'markdown';

/**
 * Checks files and directories as `remote-relationships lint` does. It reads files, asks no server, starts no process and writes nothing but in
 * `cacheFolder`. Rejects when something that was named does not exist.
 */
export declare function lint(options?: LintOptions): Promise<LintResult>;

/** The text of a report, as `lint --output FORMAT=FILE` writes it. */
export declare function report(result: LintResult, format: ReportFormat): string;
