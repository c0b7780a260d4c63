import { URI, Utils } from 'vscode-uri';
import type { CursorTarget } from '../model/cursorTarget.ts';
import { slotAt } from '../model/locate.ts';
import type { DocumentContext } from '../rules/rule.ts';
import type { Knowledge, Place } from '../schema/catalogue.ts';

/** Where the thing at an offset is declared. */
export interface DefinitionLink {
  /** Range of the name in the document. */
  readonly offset: number;
  readonly length: number;
  readonly target: Place;
}

/**
 * Declarations of what stands at a UTF-16 offset: the metadata entry of a table, the line of the schema file of a
 * column, remote field or argument, the file that is included. Of a name that is declared several times, all of them;
 * empty when none is known.
 */
export function definition(context: DocumentContext, offset: number): DefinitionLink[] {
  const include = context.model.includes.find((one) => one.path !== '' && stands(one, offset));
  if (include !== undefined) {
    const target = { uri: includedUri(context.uri, include.path), offset: 0, length: 0 };
    return [{ offset: include.offset, length: include.length, target }];
  }
  const found = slotAt(context, offset);
  if (found === undefined) return [];
  const { node } = found;
  return distinct(placesOf(found)).map((target) => ({ offset: node.offset, length: node.length, target }));
}

/** Relative to the directory of the file, as the CLI joins paths (spec 1.3). */
function includedUri(uri: string, path: string): string {
  return Utils.joinPath(Utils.dirname(URI.parse(uri)), path).toString();
}

function stands({ offset, length }: Pick<DefinitionLink, 'offset' | 'length'>, at: number): boolean {
  return offset <= at && at <= offset + length;
}

function placesOf(found: CursorTarget): readonly (Place | undefined)[] {
  switch (found.kind) {
    case 'source':
      return declarations(found.source);
    case 'table':
      return declarations(found.table);
    case 'remote-schema':
      return declarations(found.remoteSchema);
    case 'type':
      return [placeOf(found.type)];
    case 'lhs-field':
      return [placeOf(found.field)];
    case 'column':
      return [placeOf(found.column)];
    case 'remote-field':
      return [placeOf(found.step.field)];
    case 'argument':
      return [placeOf(found.argument.definition)];
    case 'value':
      return [found.value.lhsField && placeOf(found.value.lhsField)];
    default:
      return [];
  }
}

function placeOf(known: Knowledge<{ readonly place: Place | undefined }>): Place | undefined {
  return known.state === 'present' ? known.value.place : undefined;
}

/** The one that counts (the last, R43) first. */
function declarations(
  known: Knowledge<{ readonly place: Place | undefined; readonly declarations: readonly Place[] }>,
): readonly (Place | undefined)[] {
  return known.state === 'present' ? [known.value.place, ...known.value.declarations.toReversed()] : [];
}

function distinct(places: readonly (Place | undefined)[]): Place[] {
  const known = new Map<string, Place>();
  for (const place of places) {
    if (place !== undefined) known.set(`${place.uri} ${place.offset}`, place);
  }
  return [...known.values()];
}
