import { quoted } from '../../../../common/src/foreignText.ts';
import type { DefinitionForm } from '../../../../common/src/metadataApi/document/definition.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { nameOf } from '../../metadata/relationshipName.ts';
import type { Project } from '../../project/project.ts';
import type { Workspace } from '../../project/workspace.ts';
import type { TextReplacement } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import type { CodeAction, OffsetRange } from './codeActions.ts';
import { formTitles, inOtherForm, rewriteForm, rewriteForms } from './definitionForms.ts';
import { fileRewriteKinds } from './rewriteKinds.ts';

const forms: readonly DefinitionForm[] = ['unified', 'legacy'];

/** Other ways to write the relationships in a range. */
export function rewritesIn(context: DocumentContext, { start, end }: OffsetRange): CodeAction[] {
  return forms.flatMap((form) => {
    const written = inOtherForm(context, form)
      .filter(({ node }) => node.offset <= end && start <= node.offset + node.length)
      .flatMap((relationship) => {
        const edit = rewriteForm(context, relationship, form);
        return edit === undefined ? [] : [{ relationship, edit }];
      });
    const [first, ...others] = written;
    if (first === undefined) return [];
    const what =
      others.length > 0 ? `${written.length} relationships` : quoted(nameOf(first.relationship) ?? '');
    return [
      {
        title: `Write ${what} ${formTitles[form]}`,
        kind: 'refactor.rewrite' as const,
        preferred: false,
        edits: written.map(({ edit }) => edit),
        finding: undefined,
      },
    ];
  });
}

/** Every relationship of a file in one form. */
export function rewriteFile(context: DocumentContext, form: DefinitionForm): CodeAction | undefined {
  const edits = rewriteForms(context, form);
  if (edits.length === 0) return undefined;
  return {
    title: `Write all relationships of this file ${formTitles[form]}`,
    kind: fileRewriteKinds[form],
    preferred: false,
    edits,
    finding: undefined,
  };
}

export interface ProjectRewrite {
  readonly title: string;
  readonly files: readonly { readonly uri: string; readonly edits: readonly TextReplacement[] }[];
  /** Relationships in the other form that can't be written anew. */
  readonly left: readonly { readonly uri: string; readonly name: string; readonly node: SyntaxNode }[];
}

/** Every relationship of a project's files in one form: metadata and requests, but for migrations, which are history. */
export function rewriteProject(workspace: Workspace, project: Project, form: DefinitionForm): ProjectRewrite {
  const files: { uri: string; edits: readonly TextReplacement[] }[] = [];
  const left: { uri: string; name: string; node: SyntaxNode }[] = [];
  for (const key of project.files.keys()) {
    const context = project.isHistory(key) ? undefined : workspace.context(key);
    if (context === undefined) continue;
    const edits: TextReplacement[] = [];
    for (const relationship of inOtherForm(context, form)) {
      const edit = rewriteForm(context, relationship, form);
      if (edit !== undefined) edits.push(edit);
      else left.push({ uri: context.uri, name: nameOf(relationship) ?? '', node: relationship.node });
    }
    if (edits.length > 0) files.push({ uri: context.uri, edits });
  }
  return { title: `Write all relationships of the project ${formTitles[form]}`, files, left };
}
