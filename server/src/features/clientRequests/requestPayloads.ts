import type { RequestPayload } from '../../../../common/src/protocol.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import type { Endpoint } from '../../metadata/reading.ts';
import { endpointOf } from '../../metadata/readModel.ts';
import { property, rootOf } from '../../syntax/nodes.ts';
import { touches } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { errorsIn } from '../relationshipErrors.ts';
import { distinctMessages, objectOf, type PayloadOptions } from './relationshipPayloads.ts';

const deepestList = 50;

/** The requests of a document, one below the other: those of a `bulk` belong to it. */
export function requestNodes({ tree, model }: DocumentContext): readonly SyntaxNode[] {
  return tree.roots.flatMap((root, index) => (model.roles[index] === 'request' ? requestsIn(root, 0) : []));
}

/** A request, those of a list, or those below `up` and `down`. */
function requestsIn(node: SyntaxNode, depth: number): readonly SyntaxNode[] {
  if (depth > deepestList || node.unresolved) return [];
  if (node.kind === 'array') return node.children.flatMap((item) => requestsIn(item, depth + 1));
  if (node.kind !== 'object') return [];
  if (property(node, 'type') !== undefined) return [node];
  return ['up', 'down'].flatMap((key) => {
    const steps = property(node, key);
    return steps?.kind === 'array' ? requestsIn(steps, depth + 1) : [];
  });
}

/** The requests of a document as they would be sent; what can't be read says so. */
export function requestPayloads(
  context: DocumentContext,
  options: PayloadOptions,
): readonly RequestPayload[] {
  const { offset, findings, positionAt } = options;
  return requestNodes(context)
    .filter((node) => offset === undefined || touches(node, offset))
    .map((node) => {
      const type = property(node, 'type');
      const body = objectOf(node);
      const obstacle = obstacleOf(node, context) ?? (body === undefined ? unreadable(context) : null);
      return {
        type: typeof type?.value === 'string' ? type.value : '',
        range: { start: positionAt(node.offset), end: positionAt(node.offset + node.length) },
        body: obstacle === null ? (body ?? null) : null,
        api: apiOf(node, context),
        errors: distinctMessages(errorsIn(node, findings)),
        obstacle,
      };
    });
}

function obstacleOf(node: SyntaxNode, { tree }: DocumentContext): string | undefined {
  if (typeof property(node, 'type')?.value !== 'string') return 'Its "type" is not a string.';
  const index = tree.roots.indexOf(rootOf(node));
  const end = tree.roots[index + 1]?.offset ?? tree.text.length;
  // A key written twice is a finding of its own: the last one counts.
  const broken = tree.problems.some(
    ({ code, offset }) => code !== 'yaml-duplicate-key' && offset >= rootOf(node).offset && offset <= end,
  );
  return broken ? 'It has a syntax error.' : undefined;
}

function unreadable({ tree }: DocumentContext): string {
  return tree.language === 'http'
    ? 'It has a {{variable}}, whose value only the extension for such files knows. Write the value instead.'
    : 'Parts of it can’t be read here: an !include, a placeholder, or an alias without an anchor.';
}

const apis: Readonly<Record<Endpoint, RequestPayload['api']>> = {
  'v1/metadata': 'metadata',
  'v1/query': 'legacy-query',
  'v2/query': 'query',
};

function apiOf(node: SyntaxNode, { tree }: DocumentContext): RequestPayload['api'] {
  const endpoint = endpointOf(tree.requestLines[tree.roots.indexOf(rootOf(node))]?.target);
  return endpoint === undefined ? null : apis[endpoint];
}
