import { boundedName, boundedText } from '../../../common/src/boundedText.ts';
import { quoted } from '../../../common/src/foreignText.ts';
import { relationshipRoles } from '../features/clientRequests/relationshipRoles.ts';
import { publishedSchema } from '../features/publishedSchema/publishedSchema.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Finding } from '../rules/rule.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import { type ReadingArguments, readContexts } from './readContexts.ts';
import type { FileRange } from './report/finding.ts';

export interface RelationshipArguments extends ReadingArguments {
  readonly format: 'text' | 'json';
  /** Only the relationships of these names; all where there is none. */
  readonly names: readonly string[];
}

/** Shows what relationships add to the GraphQL schema, and what they ask. @returns the exit code */
export function runPreview(given: RelationshipArguments): Promise<number> {
  return show(
    given,
    (context, findings) => publishedSchema(context, undefined, findings),
    (found) => found.flatMap(({ place, text }) => [`# ${placeText(place)}`, ...text.split('\n')]),
    ({ text }) => ({ text }),
  );
}

const words = { reachable: 'yes', unreachable: 'no', unknown: 'not known' } as const;

/** Shows which roles can follow relationships, and why others can't. @returns the exit code */
export function runRoles(given: RelationshipArguments): Promise<number> {
  return show(
    given,
    (context) => relationshipRoles(context, undefined),
    (found) =>
      found.flatMap(({ place, name, roles }) => [
        `${placeText(place)}  ${boundedName(name)}`,
        ...(roles.length === 0 ? ['  The metadata speaks of no role but admin, which can follow it.'] : []),
        ...roles.flatMap(({ role, state, reasons }) => [
          `  ${boundedName(role)}: ${words[state]}`,
          ...reasons.map((reason) => `    ${boundedText(reason)}`),
        ]),
      ]),
    ({ roles }) => ({ roles }),
  );
}

interface Found {
  readonly name: string;
  readonly node: SyntaxNode;
}

type Placed<T> = T & { readonly place: FileRange };

async function show<T extends Found>(
  given: RelationshipArguments,
  of: (context: DocumentContext, findings: readonly Finding[]) => readonly T[],
  lines: (found: readonly Placed<T>[]) => readonly string[],
  json: (found: T) => object,
): Promise<number> {
  const { terminal, names, format } = given;
  const { contexts, ranges, isWhole, nothing, findings } = await readContexts(given);
  const found = contexts.flatMap(({ path, context }) =>
    of(context, findings(path))
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .map((each): Placed<T> => ({ ...each, place: ranges.at(path, each.node) })),
  );
  const missing = names.filter((name) => found.every((each) => each.name !== name));
  if (format === 'json') {
    await terminal.printJson(found.map((each) => ({ ...each.place, name: each.name, ...json(each) })));
  } else await terminal.printAll(lines(found));
  if (nothing !== undefined) terminal.note(nothing);
  else
    for (const name of missing) terminal.note(`There is no relationship ${quoted(name)} that can be read.`);
  return nothing === undefined && missing.length === 0 && isWhole ? 0 : 2;
}

function placeText({ file, line, column }: FileRange): string {
  return `${file}:${line}:${column}`;
}
