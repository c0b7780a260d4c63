import type { ConstDirectiveNode, DefinitionNode, StringValueNode } from 'graphql';

/** What the directives of one definition say of Apollo Federation. */
export interface FederationSigns {
  /** It has `@key`. */
  readonly isKeyed: boolean;
  /** The specifications it names in `@link`. */
  readonly links: readonly string[];
}

/** `undefined` for a definition without such directives. */
export function federationSigns(node: DefinitionNode): FederationSigns | undefined {
  const directives = 'directives' in node ? ((node.directives ?? []) as readonly ConstDirectiveNode[]) : [];
  const isKeyed = 'name' in node && directives.some(({ name }) => name.value === 'key');
  const links = directives.map(linkedUrl).filter((url) => url !== undefined);
  return isKeyed || links.length > 0 ? { isKeyed, links } : undefined;
}

function linkedUrl({ name, arguments: list }: ConstDirectiveNode): string | undefined {
  if (name.value !== 'link') return undefined;
  const url = list?.find((argument) => argument.name.value === 'url')?.value;
  return url?.kind === 'StringValue' ? (url as StringValueNode).value : undefined;
}

/** A definition, as far as federation goes. */
interface Signed {
  readonly kind: DefinitionNode['kind'];
  readonly name: string | undefined;
  readonly federation: FederationSigns | undefined;
}

/**
 * What a subgraph of Apollo Federation serves beside what its SDL says, as SDL: the types and root fields by which a gateway asks
 * it. `undefined` for other schemas, and for that of the gateway.
 */
export function federationSdl(definitions: readonly Signed[], queryTypeName: string): string | undefined {
  const entities = new Set<string>();
  let isSubgraph = false;
  for (const { kind, name, federation } of definitions) {
    if (federation === undefined) continue;
    const { isKeyed, links } = federation;
    if (links.some((link) => /^https?:\/\/specs\.apollo\.dev\/join\//.test(link))) return undefined;
    if (isKeyed && kind.startsWith('ObjectType') && name !== undefined) entities.add(name);
    isSubgraph ||= isKeyed || links.some((link) => /^https?:\/\/specs\.apollo\.dev\/federation\//.test(link));
  }
  if (!isSubgraph) return undefined;
  return `scalar _Any
type _Service { sdl: String }
${entities.size === 0 ? '' : `union _Entity = ${[...entities].join(' | ')}`}
extend type ${queryTypeName} {
  _service: _Service!
  ${entities.size === 0 ? '' : '_entities(representations: [_Any!]!): [_Entity]!'}
}`;
}
