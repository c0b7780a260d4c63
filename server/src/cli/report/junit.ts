import type { Line } from '../terminal.ts';
import { findingsByFile, type LintReport, type ReportedFinding, wholeMessage } from './finding.ts';
import { type Element, xmlLines } from './xml.ts';

/** A suite for each file, a test case for each finding: errors are failures, the rest passes and says what was found. */
export function junitReport({ findings, files }: LintReport): readonly Line[] {
  const byFile = findingsByFile(findings, files);
  const suites = [...byFile].map(([file, found]) => suite(file, found));
  return xmlLines('testsuites', {
    attributes: {
      name: 'remote-relationships',
      tests: [...byFile.values()].reduce((sum, found) => sum + Math.max(1, found.length), 0),
      failures: failures(findings),
      errors: 0,
    },
    children: { testsuite: suites },
  });
}

function failures(findings: readonly ReportedFinding[]): number {
  return findings.filter(({ severity }) => severity === 'error').length;
}

function suite(file: string, findings: readonly ReportedFinding[]): Element {
  const tests =
    findings.length === 0 ? [{ attributes: { name: file, classname: file } }] : findings.map(test);
  return {
    attributes: { name: file, tests: tests.length, failures: failures(findings), errors: 0, skipped: 0 },
    children: { testcase: tests },
  };
}

function test(finding: ReportedFinding): Element {
  const { file, line, column, code, severity, message, relationship } = finding;
  const place = `${file}:${line}:${column}`;
  const attributes = {
    name: `${code} at ${line}:${column}${relationship === null ? '' : ` in ${relationship}`}`,
    classname: file,
  };
  const text = `${place}: ${severity}: ${wholeMessage(finding)}`;
  return severity === 'error'
    ? { attributes, children: { failure: [{ attributes: { message, type: code }, text }] } }
    : { attributes, children: { 'system-out': [{ text }] } };
}
