import type { DefinitionForm } from '../../../../common/src/metadataApi/document/definition.ts';

/** The kinds of code actions that write all relationships of a file in one form. */
export const fileRewriteKinds = {
  unified: 'source.rewriteRelationships.unified',
  legacy: 'source.rewriteRelationships.legacy',
} as const satisfies Readonly<Record<DefinitionForm, string>>;
