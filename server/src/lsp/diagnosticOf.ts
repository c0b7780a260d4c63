import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver/node';
import type { Documents } from '../project/documents.ts';
import type { Finding, Severity } from '../rules/rule.ts';
import { rulePage } from '../rules/rulePage.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** What of the protocol the client understands. */
export interface DiagnosticSupport {
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly data: boolean;
  readonly tags: boolean;
}

/** A finding as the editor shows it: the user's words, then the server's. */
export function diagnosticOf(
  finding: Finding,
  uri: string,
  documents: Documents,
  support: DiagnosticSupport,
): Diagnostic {
  const { serverMessage } = finding;
  const diagnostic: Diagnostic = {
    range: documents.range(uri, finding.offset, finding.length),
    severity: severities[finding.severity],
    code: finding.code,
    ...(support.codeDescription ? { codeDescription: { href: rulePage(finding.code) } } : {}),
    source: 'remote-relationships',
    message: serverMessage === undefined ? finding.message : `${finding.message}\nHasura: ${serverMessage}`,
  };
  if (support.data && serverMessage !== undefined) diagnostic.data = { serverMessage };
  if (support.tags && finding.tags.length > 0) diagnostic.tags = finding.tags.map((tag) => tags[tag]);
  if (support.relatedInformation && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map(({ message, location }) => ({
      message,
      location: { uri: location.uri, range: documents.range(location.uri, location.offset, location.length) },
    }));
  }
  return diagnostic;
}
