import { type ConstDirectiveNode, type DocumentNode, parse, type StringValueNode } from 'graphql';
import type { SdlTypePart } from './sdlTypes.ts';

type Definition = DocumentNode['definitions'][number];

/**
 * What a subgraph of Apollo Federation serves beside what its SDL says: the types and root fields by which a gateway asks
 * it. Nothing for other schemas, and for that of the gateway.
 */
export function federationParts(
  definitions: readonly { readonly uri: string; readonly node: Definition }[],
  queryTypeName: string,
): readonly SdlTypePart[] {
  const entities = new Set<string>();
  let uri: string | undefined;
  for (const { uri: own, node } of definitions) {
    for (const directive of directivesOf(node)) {
      const link = linkedUrl(directive);
      if (link !== undefined && /^https?:\/\/specs\.apollo\.dev\/join\//.test(link)) return [];
      const isKey = directive.name.value === 'key' && 'name' in node;
      if (isKey && node.kind.startsWith('ObjectType') && node.name !== undefined)
        entities.add(node.name.value);
      if (isKey || (link !== undefined && /^https?:\/\/specs\.apollo\.dev\/federation\//.test(link)))
        uri ??= own;
    }
  }
  if (uri === undefined) return [];
  const text = `scalar _Any
type _Service { sdl: String }
${entities.size === 0 ? '' : `union _Entity = ${[...entities].join(' | ')}`}
extend type ${queryTypeName} {
  _service: _Service!
  ${entities.size === 0 ? '' : '_entities(representations: [_Any!]!): [_Entity]!'}
}`;
  const from = uri;
  // Without locations: none of it stands anywhere.
  return parse(text, { noLocation: true }).definitions.map((node) => ({
    uri: from,
    text,
    node: node as SdlTypePart['node'],
  }));
}

function directivesOf(node: Definition): readonly ConstDirectiveNode[] {
  return 'directives' in node ? ((node.directives ?? []) as readonly ConstDirectiveNode[]) : [];
}

function linkedUrl({ name, arguments: list }: ConstDirectiveNode): string | undefined {
  if (name.value !== 'link') return undefined;
  const url = list?.find((argument) => argument.name.value === 'url')?.value;
  return url?.kind === 'StringValue' ? (url as StringValueNode).value : undefined;
}
