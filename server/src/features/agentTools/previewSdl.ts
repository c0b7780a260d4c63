import { joinsAround } from '../../join/documentContext.ts';
import { nameOf } from '../../metadata/relationshipName.ts';
import { publishedField } from '../publishedSchema/publishedField.ts';
import { type AgentTool, fileAt, pathProperty, ToolError, textOf } from './tool.ts';

export const previewSdl: AgentTool = {
  name: 'preview_sdl',
  title: 'Preview SDL of a Remote Relationship',
  description:
    'Shows as SDL what a remote relationship of a file adds to the GraphQL schema of Hasura: the field with the arguments that are left to queries, the input types made for it, and the type it gives, by their names after customization.',
  inputSchema: {
    type: 'object',
    properties: {
      path: pathProperty,
      relationship: {
        type: 'string',
        description: 'The name of the relationship; all of the file without it.',
      },
    },
    required: ['path'],
    additionalProperties: false,
  },
  answer: (workspace, input) => {
    const [path, wanted] = [textOf(input, 'path') ?? '', textOf(input, 'relationship')];
    const context = workspace.context(fileAt(workspace, path));
    const joins = context === undefined ? [] : joinsAround(context, undefined);
    const named = joins.filter(({ relationship }) => wanted === undefined || nameOf(relationship) === wanted);
    if (named.length === 0) {
      throw new ToolError(
        wanted === undefined
          ? 'The file has no remote relationship that can be read.'
          : `The file has no remote relationship ${JSON.stringify(wanted)}.`,
      );
    }
    return named.map((join) => {
      const relationship = nameOf(join.relationship) ?? '';
      const field = context && publishedField(join, context.catalogue);
      if (field === undefined) {
        return { relationship, sdl: 'not known: what it leads to is not known, or is not there' };
      }
      const { sdl, gives, notes } = field;
      return {
        relationship,
        sdl: gives === undefined ? sdl : `${sdl}\n${gives}`,
        ...(notes.length === 0 ? {} : { notes }),
      };
    });
  },
};
