/** Opens every file of the workspace's folder and gives back what the extension reports in them. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Diagnostic, DiagnosticSeverity, languages, type Uri, window, workspace } from 'vscode';

interface Reported {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
}

/** Waits for what REMOTE_RELATIONSHIPS_EXPECTED lists, for at most a minute and a half. */
export async function run(): Promise<readonly Reported[]> {
  const { REMOTE_RELATIONSHIPS_EXPECTED: expected = '[]' } = process.env;
  const files = await workspace.findFiles('**/*.{yaml,yml,json,http,rest,graphql}');
  for (const file of files) {
    await window.showTextDocument(await workspace.openTextDocument(file), { preview: false });
  }
  const wanted = JSON.stringify((JSON.parse(expected) as string[]).sort());
  const end = Date.now() + 90_000;
  for (;;) {
    const found = reported(files);
    if (Date.now() > end || JSON.stringify(found.map(identity).sort()) === wanted) return found;
    await delay(100);
  }
}

function reported(files: readonly Uri[]): Reported[] {
  return files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((file) => {
      const ours = languages.getDiagnostics(file).filter(({ source }) => source === 'remote-relationships');
      return ours
        .toSorted((a, b) => a.range.start.compareTo(b.range.start))
        .map((diagnostic) => describe(file, diagnostic));
    });
}

function describe(file: Uri, { range, code, severity, message }: Diagnostic): Reported {
  return {
    file: workspace.asRelativePath(file, false),
    line: range.start.line + 1,
    column: range.start.character + 1,
    code: String(typeof code === 'object' ? code.value : code),
    severity: DiagnosticSeverity[severity].toLowerCase(),
    message,
  };
}

function identity({ file, line, column, code, severity }: Reported): string {
  return `${file}:${line}:${column} ${code} ${severity}`;
}
