import type * as types from './apiTypes.ts';
import { nothingChecked, readCheckedFiles } from './cli/checkedFiles.ts';
import { coverageLine } from './cli/coverage.ts';
import { checkFiles } from './cli/lint.ts';
import { fileText, isReportFormat, reportFormats } from './cli/report/report.ts';
import { checkedSeverities } from './cli/severities.ts';

/** What Node imports from the package: its types, with what each part does, are those of `apiTypes.ts`. */

export const lint: typeof types.lint = async (options = {}) => {
  const { paths = ['.'], workingDirectory = process.cwd(), configuration, rules = {}, text } = options;
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === 'string')) {
    throw new TypeError('"paths" is a list of files and directories: ["metadata"].');
  }
  const notes: string[] = [];
  const checked = await readCheckedFiles({
    ...{ paths, workingDirectory, configuration },
    severities: checkedSeverities(rules),
    keepsTrees: false,
    environment: options.environment ?? {},
    cacheFolder: options.cacheFolder,
    ...(text === undefined ? {} : { standardInput: text }),
    note: (message) => notes.push(message),
    unread: (folder) => notes.push(`The folder "${folder}" can't be read: nothing below it was checked.`),
  });
  const { findings, files, coverage } = checkFiles(checked);
  const nothing =
    findings.length > 0 ? undefined : nothingChecked(checked, text === undefined ? paths : [text.path]);
  if (nothing !== undefined) notes.push(nothing);
  return {
    findings,
    files,
    unchecked: coverageLine(coverage),
    notes,
  };
};

export const report: typeof types.report = (result, format) => {
  if (!isReportFormat(format)) throw new TypeError(`There is no format ${JSON.stringify(format)}.`);
  return fileText(reportFormats[format](result));
};
