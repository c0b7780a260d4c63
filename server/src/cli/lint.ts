import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Documents } from '../project/documents.ts';
import type { Workspace } from '../project/workspace.ts';
import type { Finding } from '../rules/rule.ts';
import type { TextRange } from '../syntax/textRange.ts';
import { type CheckedFiles, type CheckOptions, readCheckedFiles } from './checkedFiles.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { distinctMistakes } from './distinctMistakes.ts';
import type { Place, ReportedFinding } from './report/finding.ts';

/** Checks files and directories. @throws LintError when something that was named does not exist. */
export async function lint(options: CheckOptions): Promise<ReportedFinding[]> {
  return reportedFindings(await readCheckedFiles(options));
}

/** What is wrong in the files, in their order; `counts` says which findings of a file are wanted. */
export function reportedFindings(
  { workspace, paths, print }: CheckedFiles,
  counts: (path: string) => (finding: Finding) => boolean = () => () => true,
): ReportedFinding[] {
  return paths.flatMap((path) => findingsOf(workspace, path, print, counts(path)));
}

/** How much of the files could be checked. */
export function checkedCoverage({ workspace, paths }: CheckedFiles): Coverage {
  return coverageOf(paths.flatMap((path) => workspace.context(path) ?? []));
}

function findingsOf(
  workspace: Workspace,
  path: string,
  print: (path: string) => string,
  counts: (finding: Finding) => boolean,
): ReportedFinding[] {
  const findings = workspace.findings(path).findings.filter(counts);
  if (findings.length === 0) return [];
  const { documents } = workspace;
  const places = new Places(documents, print);
  return distinctMistakes(findings, documents.get(path)?.tree).map((finding) => ({
    ...places.at(path, finding),
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    ...(finding.serverMessage === undefined ? {} : { serverMessage: finding.serverMessage }),
    relationship: finding.relationship ?? null,
    sourceLine: places.line(path, finding.offset),
    related: finding.related.map(({ message, location }) => ({
      ...places.at(documents.keyOf(location.uri), location),
      message,
    })),
    fixes: finding.fixes.map(({ title, edits }) => ({
      title,
      replacements: edits.map((edit) => ({ ...places.at(path, edit), text: edit.text })),
    })),
  }));
}

/** Offsets as lines and columns; each file is looked through once. */
class Places {
  readonly #documents: Documents;
  readonly #print: (path: string) => string;
  readonly #texts = new Map<string, TextDocument>();

  constructor(documents: Documents, print: (path: string) => string) {
    this.#documents = documents;
    this.#print = print;
  }

  at(path: string, { offset, length }: TextRange): Place {
    const text = this.#text(path);
    const start = text.positionAt(offset);
    const end = text.positionAt(offset + length);
    return {
      file: this.#print(path),
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  }

  line(path: string, offset: number): string {
    const text = this.#text(path);
    const { line } = text.positionAt(offset);
    const range = { start: { line, character: 0 }, end: { line: line + 1, character: 0 } };
    return text.getText(range).replace(/[\r\n]+$/, '');
  }

  #text(path: string): TextDocument {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const result = this.#documents.read(path);
    const text = TextDocument.create(path, '', 0, result.ok ? result.text : '');
    this.#texts.set(path, text);
    return text;
  }
}
