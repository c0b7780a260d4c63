import { URI, Utils } from 'vscode-uri';
import { type Knowledge, knownValue } from '../../catalogue/catalogue.ts';
import type { CursorTarget } from '../../join/cursorTarget.ts';
import type { DocumentContext } from '../../join/documentContext.ts';
import { cursorTargetAt } from '../../join/locate.ts';
import type { Location } from '../../syntax/location.ts';
import { touches } from '../../syntax/textRange.ts';

/** Where the thing at an offset is declared. */
export interface DefinitionLink {
  /** Range of the name in the document. */
  readonly offset: number;
  readonly length: number;
  readonly target: Location;
}

/**
 * Declarations of what stands at a UTF-16 offset: the metadata entry of a table, the line of the schema file of a
 * column, remote field or argument, the file that is included. Of a name that is declared several times, all of them;
 * empty when none is known.
 */
export function definition(context: DocumentContext, offset: number): DefinitionLink[] {
  const include = context.model.includes.find((one) => one.path !== '' && touches(one, offset));
  if (include !== undefined) {
    const target = { uri: includedUri(context.uri, include.path), offset: 0, length: 0 };
    return [{ offset: include.offset, length: include.length, target }];
  }
  const found = cursorTargetAt(context, offset);
  if (found === undefined) return [];
  const { node } = found;
  return distinct(locationsOf(found)).map((target) => ({ offset: node.offset, length: node.length, target }));
}

/** Relative to the directory of the file, as the CLI joins paths (spec 1.3). */
function includedUri(uri: string, path: string): string {
  return Utils.joinPath(Utils.dirname(URI.parse(uri)), path.toWellFormed()).toString();
}

function locationsOf(found: CursorTarget): readonly (Location | undefined)[] {
  switch (found.kind) {
    case 'source':
      return declarations(found.source);
    case 'table':
      return [...declarations(found.table), knownValue(found.table)?.creation?.location];
    case 'remote-schema':
      return declarations(found.remoteSchema);
    case 'type':
      return [locationOf(found.type)];
    case 'lhs-field':
      return [locationOf(found.field)];
    case 'column':
      return [locationOf(found.column)];
    case 'remote-field':
      return found.step === undefined ? [] : [locationOf(found.step.field)];
    case 'argument':
      return found.argument === undefined ? [] : [locationOf(found.argument.definition)];
    case 'value':
      return [locationOf(found.value.lhsField)];
    default:
      return [];
  }
}

function locationOf(known: Knowledge<{ readonly location: Location | undefined }>): Location | undefined {
  return known.state === 'present' ? known.value.location : undefined;
}

/** The one that counts (the last, R43) first. */
function declarations(
  known: Knowledge<{ readonly location: Location | undefined; readonly declarations: readonly Location[] }>,
): readonly (Location | undefined)[] {
  return known.state === 'present' ? [known.value.location, ...known.value.declarations.toReversed()] : [];
}

function distinct(locations: readonly (Location | undefined)[]): Location[] {
  const known = new Map<string, Location>();
  for (const location of locations) {
    if (location !== undefined) known.set(`${location.uri} ${location.offset}`, location);
  }
  return [...known.values()];
}
