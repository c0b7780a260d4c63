import { window } from 'vscode';
import { isGraphqlName } from '../../../../common/src/graphqlName.ts';
import { localized } from '../../../../common/src/localized.ts';
import type { Json } from '../../../../common/src/metadataApi/document/json.ts';
import { tableText } from '../../../../common/src/metadataApi/document/tableName.ts';
import {
  type JoinKey,
  type NewRelationshipAnswer,
  type NewRelationshipParams,
  newRelationshipRequest,
  projectRequest,
  type RelationshipChoice,
} from '../../../../common/src/protocol.ts';
import { type DisplayText, display } from '../../ui/displayText.ts';
import { enterText } from '../../ui/inputBox.ts';
import { tell } from '../../ui/messages.ts';
import { type Entry, pick } from '../../ui/quickPick.ts';
import type { CommandContext } from '../commandContext.ts';
import { isLensArgument } from '../connection/located.ts';
import { findProject } from '../connection/project.ts';
import { tellServerDown } from '../ui/messages.ts';
import { writeShownDefinition } from './writeShownDefinition.ts';

type Place = Pick<NewRelationshipParams, 'uri' | 'position'>;
type Target = NonNullable<NewRelationshipParams['target']>;

/**
 * The command: asks for the target of a new relationship, on what it joins and its name, shows the definition, and writes it
 * where it belongs. `argument`: a lens above a table; else the table is the one at the cursor, or is chosen.
 */
export async function addRelationship(context: CommandContext, argument: unknown): Promise<void> {
  const { server } = context;
  if (server.state.kind !== 'running') return tellServerDown(localized`the metadata can’t be read`);
  const place = await placeOf(context, argument);
  if (place === undefined) return;
  const ask = (wanted: Pick<NewRelationshipParams, 'target' | 'keys'>) =>
    server.ask(newRelationshipRequest, { ...place, ...wanted });
  const target = await chooseTarget(ask);
  if (target === undefined) return;
  const keys = await chooseKeys(ask, target);
  const proposed = keys && (await ask({ target, keys }));
  if (!proposed) return;
  const name = await enterText({
    title: display`Name of the relationship`,
    value: proposed.name ?? '',
    validate: (text) =>
      isGraphqlName(text)
        ? undefined
        : display`A name has only letters, digits and "_", and doesn’t begin with a digit.`,
  });
  if (name === undefined) return;
  const identity = { ...proposed.owner, name };
  await writeShownDefinition(
    context,
    { uri: place.uri, identity, definition: proposed.definition },
    {
      notWritten: (obstacle) => localized`"${name}" was not added. ${obstacle}`,
      question: (file, isNew) =>
        isNew ? localized`Add "${name}" to ${file}?` : localized`Change "${name}" in ${file}?`,
    },
  );
}

type Ask = (
  wanted: Pick<NewRelationshipParams, 'target' | 'keys'>,
) => Promise<NewRelationshipAnswer | null | undefined>;

// ---- whose it is ---------------------------------------------------------------------------------------------

async function placeOf(context: CommandContext, argument: unknown): Promise<Place | undefined> {
  if (isLensArgument(argument)) return { uri: argument.uri, position: argument.position };
  const editor = window.activeTextEditor;
  if (editor !== undefined) {
    const { line, character } = editor.selection.active;
    const place = { uri: editor.document.uri.toString(), position: { line, character } };
    if (await context.server.ask(newRelationshipRequest, place)) return place;
  }
  const project = await findProject(context);
  const content = project && (await context.server.ask(projectRequest, { uri: project.folder.toString() }));
  const items = (content?.files ?? []).flatMap(({ uri, owners }) =>
    owners.flatMap(({ owner, range }) =>
      owner.what === 'table'
        ? [
            {
              label: display(tableText(undefined, owner.table)),
              description: display(owner.source),
              place: { uri, position: range.start },
            },
          ]
        : [],
    ),
  );
  if (items.length === 0) tell('information', display`No metadata file has a table.`);
  else return (await pick(items, { title: display`Add a remote relationship to which table?` }))?.place;
  return undefined;
}

// ---- where it leads ------------------------------------------------------------------------------------------

interface ChoiceEntry extends Entry {
  readonly choice: RelationshipChoice | undefined;
}

async function chooseTarget(ask: Ask): Promise<Target | undefined> {
  const first = await choose(ask({}), display`Where does the relationship lead?`);
  if (first === undefined) return undefined;
  if (!first.hasMore) {
    tell('warning', display`Nothing is known of ${first.name}: there is nothing to choose from.`);
    return undefined;
  }
  if (first.kind === 'source') {
    const source = first.name;
    const table = await choose(ask({ target: { source } }), display`To which table of ${source}?`);
    return table === undefined ? undefined : chooseType(ask, source, table);
  }
  return chooseField(ask, first.name);
}

async function choose(
  answer: Promise<NewRelationshipAnswer | null | undefined>,
  title: DisplayText,
): Promise<RelationshipChoice | undefined> {
  const choices = (await answer)?.choices ?? [];
  const shown = { title, matchOnDescription: true, matchOnDetail: true };
  return (await pick(choices.map(entryOf), shown))?.choice;
}

function entryOf(choice: RelationshipChoice): ChoiceEntry & { readonly choice: RelationshipChoice } {
  const { name, detail, description } = choice;
  return { label: display(name), description: display(detail), detail: display(description), choice };
}

/** Down the fields until one is taken for the end; one that returns no object is. */
async function chooseField(ask: Ask, remoteSchema: string): Promise<Target | undefined> {
  let path: readonly string[] = [];
  for (;;) {
    const choices = (await ask({ target: { remoteSchema, path } }))?.choices ?? [];
    const end: ChoiceEntry = {
      label: display`Join to ${path.join('.')}`,
      description: display`as it is`,
      choice: undefined,
    };
    const entries: readonly ChoiceEntry[] = [...(path.length > 0 ? [end] : []), ...choices.map(entryOf)];
    const title =
      path.length === 0
        ? display`Which field of ${remoteSchema}?`
        : display`${path.join('.')}, or a field below it?`;
    const chosen = await pick(entries, { title, matchOnDescription: true, matchOnDetail: true });
    if (chosen === undefined) return undefined;
    if (chosen.choice === undefined) return { remoteSchema, path };
    path = [...path, chosen.choice.name];
    if (!chosen.choice.hasMore) return { remoteSchema, path };
  }
}

async function chooseType(
  ask: Ask,
  source: string,
  { name, table = name }: RelationshipChoice,
): Promise<Target | undefined> {
  const proposed = await ask({ target: { source, table } });
  const isArray = JSON.stringify(proposed?.definition ?? null).includes('"relationship_type":"array"');
  const entries = [
    { label: display`array`, description: display`several rows of ${name}`, type: 'array' as const },
    { label: display`object`, description: display`one row of ${name}`, type: 'object' as const },
  ];
  const chosen = await pick(isArray ? entries : entries.toReversed(), {
    title: display`What does it return?`,
  });
  return chosen && { source, table, relationshipType: chosen.type };
}

// ---- on what it joins ----------------------------------------------------------------------------------------

type Chosen = NonNullable<NewRelationshipParams['keys']>;

async function chooseKeys(ask: Ask, target: Target): Promise<Chosen | undefined> {
  const keys = (await ask({ target }))?.keys ?? [];
  if ('source' in target) return chooseMapping(keys);
  const chosen: Record<string, string | null> = {};
  for (const key of keys) {
    // What is optional is left to the query; it can still be written.
    if (!key.required || key.candidates.length === 0) continue;
    const field = await chooseCandidate(key, display`What fills ${key.name}: ${key.type} of ${key.of}?`, [
      { label: display`Nothing`, description: display`whoever queries has to give it`, field: null },
    ]);
    if (field === undefined) return undefined;
    chosen[key.id] = field;
  }
  return joinsOnNothing((await ask({ target, keys: chosen }))?.definition ?? null)
    ? chooseOptional(keys, chosen)
    : chosen;
}

function joinsOnNothing(definition: Json): boolean {
  return JSON.stringify(definition).includes('"lhs_fields":[]');
}

/** Every row would be joined to the same: one of what is optional makes a difference. */
async function chooseOptional(keys: readonly JoinKey[], chosen: Chosen): Promise<Chosen | undefined> {
  const optional = keys.filter((key) => !key.required && key.candidates.length > 0);
  if (optional.length === 0) return chosen;
  const nothing = { label: display`Nothing`, description: display`every row gets the same`, key: undefined };
  const entries = optional.map((key) => ({
    label: display(key.name),
    description: display`${key.type} of ${key.of}`,
    key,
  }));
  const picked = await pick([...entries, nothing], { title: display`Which argument does it join on?` });
  if (picked === undefined) return undefined;
  const { key } = picked;
  if (key === undefined) return chosen;
  const field = await chooseCandidate(key, display`What fills ${key.name}: ${key.type} of ${key.of}?`, []);
  return field === undefined ? undefined : { ...chosen, [key.id]: field };
}

/** A field and the column it equals, the likeliest first; more pairs can be written afterwards. */
async function chooseMapping(keys: readonly JoinKey[]): Promise<Chosen | undefined> {
  const entries = keys
    .toSorted((a, b) => Number(b.chosen !== null) - Number(a.chosen !== null))
    .map((key) => ({ label: display(key.name), description: display(key.type), key }));
  const chosen = await pick(entries, { title: display`Which field does it join on?` });
  if (chosen === undefined) return undefined;
  const column = await chooseCandidate(chosen.key, display`Which column equals ${chosen.key.name}?`, []);
  return column === undefined ? undefined : { [chosen.key.id]: column };
}

async function chooseCandidate(
  { chosen, candidates }: JoinKey,
  title: DisplayText,
  others: readonly (Entry & { readonly field: string | null })[],
): Promise<string | null | undefined> {
  const fits = { yes: '', no: localized`another type`, unknown: '' };
  const entries = candidates.map(({ field, type, fits: fit }) => ({
    label: display(field),
    description: display([type ?? '', fits[fit]].filter((each) => each !== '').join(', ')),
    field: field as string | null,
  }));
  // What is proposed stands first: Enter takes it.
  const ordered = entries.toSorted((a, b) => Number(b.field === chosen) - Number(a.field === chosen));
  return (await pick([...ordered, ...others], { title, matchOnDescription: true }))?.field;
}
