import { knownValue, type Source, type Table } from '../../catalogue/catalogue.ts';
import { joinFieldsOf } from '../../join/leftHandSide.ts';
import type { FieldDefinition } from '../../schema/remoteSchema.ts';
import { isRequired, typeReferenceText } from '../../schema/typeReference.ts';
import { type AgentTool, ToolError, textOf } from './tool.ts';

export const joinable: AgentTool = {
  name: 'joinable',
  title: 'What Is Joinable from a Table',
  description:
    'Says what a remote relationship of a table can be joined on (columns and computed fields with their types), and what it can lead to: query fields of remote schemas with their arguments, and tables of other sources with their columns.',
  inputSchema: {
    type: 'object',
    properties: {
      table: {
        type: 'string',
        description: 'The table, with its schema where that is not the default: sales.invoice.',
      },
      source: {
        type: 'string',
        description: 'The source of the table, where several have one of that name.',
      },
    },
    required: ['table'],
    additionalProperties: false,
  },
  answer: (workspace, input) => {
    const [name, sourceName] = [textOf(input, 'table') ?? '', textOf(input, 'source')];
    const found = workspace.projects.flatMap((project) => {
      const [file] = project.files.keys();
      const context = file === undefined ? undefined : workspace.context(file);
      return (context?.catalogue.sources ?? [])
        .filter((source) => sourceName === undefined || source.name === sourceName)
        .flatMap((source) => {
          const table = source.tables.find((each) => each.text === name || `public.${each.text}` === name);
          return context === undefined || table === undefined
            ? []
            : [{ catalogue: context.catalogue, source, table }];
        });
    });
    const [only, another] = found;
    if (only === undefined) throw new ToolError(`No table ${JSON.stringify(name)} is known.`);
    if (another !== undefined) {
      const names = found.map(({ source }) => source.name).join(', ');
      throw new ToolError(`Several sources have that table: ${names}. Name one.`);
    }
    const { catalogue, source, table } = only;
    const fields = knownValue(joinFieldsOf(table, source.kind, catalogue.serverVersion));
    return {
      table: table.text,
      source: source.name,
      joinFields:
        fields?.map(({ name, type, nullable, origin }) => ({ name, type, nullable, origin })) ?? notKnown,
      remoteSchemas: catalogue.remoteSchemas.map((each) => {
        const schema = knownValue(each.schema);
        const query = schema?.type(schema.queryTypeName);
        return {
          name: each.name,
          queryFields: query?.fields.slice(0, mostListed).map(fieldText) ?? notKnown,
        };
      }),
      tables: catalogue.sources.flatMap((other) =>
        other.name === source.name
          ? []
          : other.tables.slice(0, mostListed).map((each) => tableOf(other, each)),
      ),
    };
  },
};

const notKnown = 'not known';

/** Of each remote schema, and of each source. */
const mostListed = 200;

function tableOf({ name }: Source, { text, columns }: Table) {
  const known = knownValue(columns);
  return {
    ...{ source: name, table: text },
    columns:
      known?.map((column) => `${column.name}${column.type === undefined ? '' : `: ${column.type}`}`) ??
      notKnown,
  };
}

/** `person(id: ID!): Person`; what is optional is left out where there is much of it. */
function fieldText({ name, arguments: list, type }: FieldDefinition): string {
  const shown = list.length > 10 ? list.filter(isRequired) : list;
  const inner = shown.map((each) => `${each.name}: ${typeReferenceText(each.type)}`).join(', ');
  const more = shown.length < list.length ? `${inner === '' ? '' : ', '}…` : '';
  return `${name}${inner + more === '' ? '' : `(${inner}${more})`}: ${typeReferenceText(type)}`;
}
