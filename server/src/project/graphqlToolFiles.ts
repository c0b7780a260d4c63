import { property } from '../syntax/nodes.ts';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree.ts';

/** Files in which other tools of GraphQL are told where schemas are: GraphQL Config and GraphQL Code Generator. */
const names =
  /^(?:\.graphqlrc(?:\.(?:json|ya?ml))?|graphql\.config\.(?:json|ya?ml)|codegen\.(?:json|ya?ml))$/;

/** Whether such a file can be read as data: the forms that are programs are not. */
export function isGraphqlToolFile(name: string): boolean {
  return names.test(name);
}

/** A schema that such a file names by local files and globs alone. */
export interface NamedSchema {
  /** Of the project that has it. */
  readonly name: string | undefined;
  /** As written, seen from the folder of the file. */
  readonly references: readonly string[];
}

/** The schemas that such a file names; what is loaded from elsewhere, or by a program, is left out with all it belongs to. */
export function schemasNamedIn({ roots: [root], problems }: SyntaxTree): readonly NamedSchema[] {
  if (root === undefined || problems.length > 0) return [];
  const whole = schemaOf(root, undefined);
  const projects = membersOf(root, 'projects').map((project) =>
    schemaOf(project, String(project.key?.value ?? '')),
  );
  const outputs = membersOf(root, 'generates').map((output) => {
    const own = schemaOf(output, undefined);
    const above = property(root, 'schema') === undefined ? { references: [] } : whole;
    return own && above && { ...own, references: [...above.references, ...own.references] };
  });
  return [whole, ...projects, ...outputs].filter((schema) => schema !== undefined);
}

function membersOf(node: SyntaxNode, key: string): readonly SyntaxNode[] {
  const value = property(node, key);
  return value?.kind === 'object' ? value.children : [];
}

function schemaOf(node: SyntaxNode, name: string | undefined): NamedSchema | undefined {
  const schema = node.kind === 'object' ? property(node, 'schema') : undefined;
  if (schema === undefined) return undefined;
  const written = schema.kind === 'array' ? schema.children : [schema];
  const references = written.map(({ value }) => value);
  return references.length > 0 && references.every(isLocal) ? { name, references } : undefined;
}

/** No URL, no variable, no exception from a pattern, no SDL in place of a file. */
function isLocal(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value !== '' &&
    !/^(?:!|[a-z][a-z0-9+.-]*:)/i.test(value) &&
    !/\$\{|[\r\n]/.test(value)
  );
}
