import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { isJsonObject } from '../../../common/src/metadataApi/document/json.ts';
import type { LintFinding } from './report/finding.ts';
import { type Identified, identity } from './report/fingerprint.ts';

/** What was found before and is not to be told again. A finding is known by its code, relationship and text, not by its line. */
export interface Baseline {
  readonly version: 1;
  readonly findings: readonly BaselineEntry[];
}

interface BaselineEntry {
  readonly file: string;
  readonly code: string;
  readonly relationship: string | null;
  readonly message: string;
  /** How often. */
  readonly count: number;
}

/** A baseline as it is written: in order, so that a comparison shows what has changed. */
export function baselineOf(findings: readonly LintFinding[]): Baseline {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const { file, code, relationship, message } = finding;
    const key = identity(finding);
    entries.set(key, { file, code, relationship, message, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return { version: 1, findings: sorted.map(([, entry]) => entry) };
}

/** `replacing`: to write another in its place. @throws when there is a file that is no baseline; `undefined` when there is none. */
export function readBaseline(path: string, replacing = false): Baseline | undefined {
  const result = readRegularFile(path);
  if (!result.ok) {
    if (result.problem === 'missing') return undefined;
    throw new Error(`The baseline can't be used. ${result.message}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(result.text);
  } catch {
    value = undefined;
  }
  if (!isBaseline(value)) {
    throw new Error(
      replacing
        ? `"${path}" is not a baseline, so it is not replaced: name another file, or remove it first.`
        : `"${path}" is not a baseline: --update-baseline writes one.`,
    );
  }
  return value;
}

function isBaseline(value: unknown): value is Baseline {
  return (
    isJsonObject(value) &&
    value['version'] === 1 &&
    Array.isArray(value['findings']) &&
    value['findings'].every(isEntry)
  );
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isJsonObject(value)) return false;
  const { file, code, relationship, message, count } = value;
  const texts = [file, code, message].every((each) => typeof each === 'string');
  return texts && (relationship === null || typeof relationship === 'string') && Number.isInteger(count);
}

export interface ComparedWithBaseline<T> {
  /** The findings that the baseline does not hold. */
  readonly added: readonly T[];
  /** What it holds and was not found, with how often. */
  readonly gone: readonly BaselineEntry[];
}

/**
 * Findings beside a baseline. Those in the file that it names are taken first; what is left of it then stands for the same
 * finding in another file, as when a table has moved.
 */
export function comparedWithBaseline<T extends LintFinding>(
  findings: readonly T[],
  baseline: Baseline,
): ComparedWithBaseline<T> {
  const sameFile = new Map<string, number>();
  for (const entry of baseline.findings) add(sameFile, identity(entry), entry.count);
  const elsewhere = findings.filter((finding) => !take(sameFile, identity(finding)));
  const moved = new Map<string, number>();
  const rest = baseline.findings.map((entry) => {
    const left = sameFile.get(identity(entry)) ?? 0;
    sameFile.delete(identity(entry));
    add(moved, anywhere(entry), left);
    return { ...entry, count: left };
  });
  const added = elsewhere.filter((finding) => !take(moved, anywhere(finding)));
  const gone = rest.flatMap((entry) => {
    const count = Math.min(entry.count, moved.get(anywhere(entry)) ?? 0);
    add(moved, anywhere(entry), -count);
    return count > 0 ? [{ ...entry, count }] : [];
  });
  return { added, gone };
}

function anywhere({ code, relationship, message }: Identified): string {
  return JSON.stringify([code, relationship, message]);
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function take(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0;
  if (left > 0) counts.set(key, left - 1);
  return left > 0;
}
