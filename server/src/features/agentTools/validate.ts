import { documentContext } from '../../join/documentContext.ts';
import { readModel } from '../../metadata/readModel.ts';
import type { DocumentKey } from '../../project/files.ts';
import type { Workspace } from '../../project/workspace.ts';
import { checkDocument } from '../../rules/check.ts';
import type { Finding } from '../../rules/rule.ts';
import { languageOf, parse } from '../../syntax/parse.ts';
import { type AgentTool, fileAt, isOwn, pathProperty, shownPath, ToolError, textOf } from './tool.ts';

export const validate: AgentTool = {
  name: 'validate',
  title: 'Validate Remote Relationships',
  description:
    'Checks Hasura v2 remote relationships: of a file, of all files of the workspace without a path, or of a text that may take the place of the file. Finds what the Hasura server would refuse before anything is sent to it.',
  inputSchema: {
    type: 'object',
    properties: {
      path: pathProperty,
      text: {
        type: 'string',
        description: 'The whole text that would stand in the file; nothing is written. Needs a path.',
      },
    },
    required: [],
    additionalProperties: false,
  },
  answer: (workspace, input) => {
    const [path, text] = [textOf(input, 'path'), textOf(input, 'text')];
    if (text !== undefined && path === undefined) throw new ToolError('A text needs the path it would have.');
    if (path === undefined) {
      const files = workspace.reportableFiles().filter((file) => isOwn(workspace, file));
      const found = files.flatMap((file) =>
        shownFindings(workspace, file, undefined, workspace.findings(file).findings),
      );
      return counted(found, files.length);
    }
    const file = fileAt(workspace, path);
    const found =
      text === undefined ? workspace.findings(file).findings : findingsOfText(workspace, file, text);
    return counted(shownFindings(workspace, file, text, found), 1);
  },
};

/** Most findings that are told: nobody mends more at once. */
const mostFindings = 100;

function counted(findings: readonly ShownFinding[], files: number) {
  return { files, count: findings.length, findings: findings.slice(0, mostFindings) };
}

/** What is wrong in a text that is not there. */
function findingsOfText(workspace: Workspace, file: DocumentKey, text: string): readonly Finding[] {
  const language = languageOf(file);
  if (language === undefined) throw new ToolError('The file is neither JSON nor YAML nor HTTP requests.');
  const project = workspace.projectOf(file);
  const tree = parse(text, language);
  const model = readModel(tree, project.context(file));
  const context = documentContext(workspace.uri(file), tree, model, project.catalogue(file, model));
  return checkDocument(context, project.ruleSettings(true));
}

export interface ShownFinding {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly serverMessage?: string | undefined;
  readonly relationship?: string | undefined;
}

/** With places that begin at 1. `text`: that of the file unless it is given. */
export function shownFindings(
  workspace: Workspace,
  file: DocumentKey,
  text: string | undefined,
  findings: readonly Finding[],
): readonly ShownFinding[] {
  const path = shownPath(workspace, file);
  return findings.map((finding) => {
    const { severity, code, message, serverMessage, relationship } = finding;
    return {
      path,
      ...placeOf(workspace, file, text, finding.offset),
      severity,
      code,
      message,
      serverMessage,
      relationship,
    };
  });
}

function placeOf(workspace: Workspace, file: DocumentKey, text: string | undefined, offset: number) {
  if (text === undefined) {
    const { start } = workspace.documents.range(workspace.uri(file), offset, 0);
    return { line: start.line + 1, column: start.character + 1 };
  }
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
