import type { DocumentKey } from '../../project/files.ts';
import type { Workspace } from '../../project/workspace.ts';
import { rules } from '../../rules/list.ts';
import { projectCodes } from '../../rules/projectCodes.ts';
import { rulePage } from '../../rules/rulePage.ts';
import { suggest } from '../../schema/suggest.ts';
import type { TextRange } from '../../syntax/textRange.ts';
import { type AgentTool, fileAt, pathProperty, shownPath, ToolError, textOf } from './tool.ts';
import { shownFindings } from './validate.ts';

export const explain: AgentTool = {
  name: 'explain',
  title: 'Explain a Finding',
  description:
    'Explains the code of a finding: what it says and where it is documented; with a path, also each finding of that code in the file, with related places and the edits that would mend it.',
  inputSchema: {
    type: 'object',
    properties: {
      code: { type: 'string', description: 'The code of the finding, such as unknown-remote-field.' },
      path: pathProperty,
      line: { type: 'integer', description: 'Only the findings of this line, counted from 1.' },
    },
    required: ['code'],
    additionalProperties: false,
  },
  answer: (workspace, input) => {
    const code = textOf(input, 'code') ?? '';
    const all = [...rules, ...projectCodes];
    const rule = all.find((each) => each.code === code);
    if (rule === undefined) {
      const near = suggest(
        code,
        all.map((each) => each.code),
      );
      throw new ToolError(
        `There is no code ${JSON.stringify(code)}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
      );
    }
    const { title, severity } = rule;
    const path = textOf(input, 'path');
    const about = { code, title, severity, page: rulePage(code) };
    if (path === undefined) return about;
    const file = fileAt(workspace, path);
    const found = workspace.findings(file).findings.filter((finding) => finding.code === code);
    const shown = shownFindings(workspace, file, undefined, found).map((each, index) => ({
      ...each,
      related: found[index]?.related.map(({ message, location }) => ({
        message,
        path: shownPath(workspace, workspace.key(location.uri)),
        line: workspace.documents.range(location.uri, location.offset, 0).start.line + 1,
      })),
      fixes: found[index]?.fixes.map(({ title, preferred, edits }) => ({
        title,
        preferred,
        edits: edits.map((edit) => ({ ...rangeOf(workspace, file, edit), text: edit.text })),
      })),
    }));
    const { line } = input;
    return { ...about, findings: shown.filter((each) => line === undefined || each.line === line) };
  },
};

/** Counted from 1, as the places of findings. */
function rangeOf(workspace: Workspace, file: DocumentKey, { offset, length }: TextRange) {
  const { start, end } = workspace.documents.range(workspace.uri(file), offset, length);
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
