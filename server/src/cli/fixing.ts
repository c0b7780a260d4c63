import { lstatSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import { errorMessage } from '../../../common/src/errorMessage.ts';
import { writeAtOnce } from '../../../common/src/files/atomicWrite.ts';
import { realPath } from '../../../common/src/files/realPath.ts';
import { readRegularBytes } from '../../../common/src/files/regularFile.ts';
import { fixAll } from '../features/refactoring/codeActions.ts';
import type { Finding } from '../rules/rule.ts';
import { languageOf } from '../syntax/parse.ts';
import type { TextReplacement } from '../syntax/textRange.ts';
import type { CheckedFiles } from './checkedFiles.ts';

/** A file that fixing changes. */
export interface FixedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A fix may make room for another; no file needs more rounds. */
const mostRounds = 10;

/**
 * Applies what a person would be offered as the preferred fix of each error and warning, as long as there is one, to the
 * texts in memory: the files on disk stay as they are, and findings are those of the fixed texts from then on.
 */
export function fixTexts(checked: CheckedFiles): readonly FixedFile[] {
  const { workspace, paths } = checked;
  const originals = new Map<string, string>();
  for (let round = 0; round < mostRounds; round++) {
    let changed = false;
    for (const path of paths) {
      const action = fixAll(workspace.findings(path).findings.filter(isWrong));
      const result = workspace.documents.read(path);
      const language = languageOf(path);
      if (action === undefined || !result.ok || language === undefined) continue;
      const after = applied(result.text, action.edits);
      if (after === result.text) continue;
      if (!originals.has(path)) originals.set(path, result.text);
      workspace.open(workspace.uri(path), language, round + 1, after);
      changed = true;
    }
    if (!changed) break;
  }
  return [...originals].map(([path, before]) => {
    const result = workspace.documents.read(path);
    return { path, before, after: result.ok ? result.text : before };
  });
}

/** Of what works as it is, nothing is changed unasked. */
function isWrong({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

/** Edits stand in order and apart. */
function applied(text: string, edits: readonly TextReplacement[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
  }
  return result + text.slice(at);
}

/** What fixing would change, as a unified diff. */
export function fixDiff(files: readonly FixedFile[], print: (path: string) => string): readonly string[] {
  return files.flatMap(({ path, before, after }) => {
    const name = print(path);
    const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    });
    return patch.trimEnd().split('\n');
  });
}

/**
 * Puts the fixed texts in the place of the files, each at once or not at all.
 * @returns why files could not be written, by path
 */
export function writeFixed(files: readonly FixedFile[]): ReadonlyMap<string, string> {
  const failures = new Map<string, string>();
  for (const { path, before, after } of files) {
    try {
      // The file itself, where a link was named: the link stays.
      const target = realPath(path);
      const { mode } = lstatSync(target);
      if ((mode & 0o200) === 0) throw new Error('it is read-only');
      const mark = markOf(readRegularBytes(target), before);
      writeAtOnce(target, mark + after, mode);
    } catch (error) {
      failures.set(path, errorMessage(error));
    }
  }
  return failures;
}

const byteOrderMark = '\ufeff';

/** The mark the file begins with, which its text is read without. @throws when its bytes are not that text in UTF-8 */
function markOf(bytes: Buffer | string, text: string): string {
  for (const mark of ['', byteOrderMark]) {
    if (typeof bytes !== 'string' && bytes.equals(Buffer.from(mark + text))) return mark;
  }
  throw new Error('it is not UTF-8, or has changed meanwhile');
}
