import { anyDefinitionKeys, keyNames, strictDefinition } from '../metadata/metadataSchema.ts';
import { nestKeys } from '../syntax/edit/nestKeys.ts';
import { contentRange, headRange } from '../syntax/textRange.ts';
import { shapeRule } from './shapeRule.ts';

const definitionKeys = new Set<unknown>(anyDefinitionKeys);
const unifiedKeys = new Set<unknown>(keyNames(strictDefinition.keys));

export const flatDefinition = shapeRule(
  {
    code: 'flat-definition',
    specification: ['1.1'],
    title: 'The keys of the definition are in the relationship itself, not below `definition`.',
    severity: 'error',
  },
  ['flat-definition'],
  ({ node, shape }, { tree }) => {
    const inRequest = shape === 'args';
    // `remote_schema` in the arguments of a request may name the owner.
    const moved = node.children.filter(
      ({ key }) => definitionKeys.has(key?.value) && !(inRequest && key?.value === 'remote_schema'),
    );
    const unified = moved.every(({ key }) => unifiedKeys.has(key?.value));
    const edit = inRequest && !unified ? undefined : nestKeys(tree, node, moved, ['definition']);
    const first = moved[0];
    return {
      message: inRequest
        ? `${unified ? 'This belongs' : 'The keys of a definition belong'} below "definition".`
        : 'In metadata the keys of a definition belong below "definition"; only a request may have them here.',
      range: first?.key === undefined || first.merged ? headRange(node) : contentRange(first.key),
      fixes:
        edit === undefined
          ? []
          : [{ title: 'Move the keys below "definition"', edits: [edit], preferred: true }],
    };
  },
);
