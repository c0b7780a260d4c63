import { quoted } from '../../../common/src/foreignText.ts';
import { graphMermaid } from '../features/graph/graphMermaid.ts';
import { graphSvg } from '../features/graph/graphSvg.ts';
import { relationshipGraph } from '../features/graph/relationshipGraph.ts';
import { pathOfUri } from '../project/files.ts';
import { CommandError } from './commandError.ts';
import { type ReadingArguments, readContexts } from './readContexts.ts';

export interface GraphArguments extends ReadingArguments {
  readonly format: string | undefined;
}

/** Draws the relationships of projects. @returns the exit code. @throws CommandError when it can't run */
export async function runGraph(given: GraphArguments): Promise<number> {
  const { terminal, format = 'mermaid' } = given;
  if (format !== 'mermaid' && format !== 'svg' && format !== 'json') {
    throw new CommandError(`There is no format ${quoted(format)}: it is "mermaid", "svg" or "json".`);
  }
  const { contexts, ranges, isWhole, nothing, findings, projectOf } = await readContexts(given);
  if (nothing !== undefined) throw new CommandError(nothing);
  const isRequest = ({ context }: (typeof contexts)[number]): boolean =>
    context.model.roles.every((role) => role === 'request' || role === 'none');
  const projects = new Set(contexts.filter((each) => !isRequest(each)).map(({ path }) => projectOf(path)));
  const graph = relationshipGraph(
    contexts.map(({ path, context }) => ({
      context,
      findings: findings(path),
      project: projects.size > 1 ? projectOf(path) : undefined,
    })),
  );
  const named = given.paths.map(quoted).join(', ');
  if (graph.nodes.length === 0 && contexts.every(isRequest)) {
    throw new CommandError(`There is no Hasura metadata in ${named}, only requests: nothing was drawn.`);
  }
  if (format === 'json') {
    const edges = graph.edges.map(({ uri, node, ...edge }) => ({
      ...edge,
      ...ranges.at(pathOfUri(uri) ?? uri, node),
    }));
    await terminal.printJson({ nodes: graph.nodes, edges });
  } else if (graph.nodes.length === 0) {
    terminal.note(`No relationship in ${named} leads anywhere: nothing was drawn.`);
  } else {
    const text = format === 'svg' ? await graphSvg(graph) : graphMermaid(graph);
    await terminal.printAll(text.trimEnd().split('\n'));
  }
  return isWhole ? 0 : 2;
}
