import type {
  AgentToolAnswer,
  AgentToolParams,
  ConfigurationEdit,
  ConfigureParams,
  CoveredName,
  DefinitionEdit,
  DefinitionParams,
  FileLocations,
  GraphParams,
  GraphTextParams,
  KeysParams,
  NewNameParams,
  NewRelationshipAnswer,
  NewRelationshipParams,
  PayloadEdit,
  PositionRange,
  ProjectContent,
  ProjectParams,
  ProjectSummary,
  PublishedSchema,
  RelationshipGraph,
  RelationshipPayload,
  RelationshipRoles,
  RelationshipsParams,
  RequestPayload,
  RequestsParams,
  RequestTextAnswer,
  RequestTextParams,
  SchemaCandidatesAnswer,
  SnapshotTargetsAnswer,
  SnapshotTargetsParams,
  StatusParams,
} from '../../../common/src/protocol.ts';
import { runAgentTool } from '../features/agentTools/agentTools.ts';
import { ToolError } from '../features/agentTools/tool.ts';
import { coveredNames } from '../features/clientRequests/coveredNames.ts';
import { locateKeys } from '../features/clientRequests/locateKeys.ts';
import { metadataLocations } from '../features/clientRequests/metadataLocations.ts';
import { projectContent } from '../features/clientRequests/projectContent.ts';
import { projectList } from '../features/clientRequests/projectList.ts';
import {
  type PayloadOptions,
  relationshipPayloads,
} from '../features/clientRequests/relationshipPayloads.ts';
import { relationshipRoles } from '../features/clientRequests/relationshipRoles.ts';
import { requestPayloads } from '../features/clientRequests/requestPayloads.ts';
import { requestText } from '../features/clientRequests/requestText.ts';
import { rolesTable } from '../features/clientRequests/rolesTable.ts';
import { graphAnswer } from '../features/graph/graphAnswer.ts';
import { withinGroup } from '../features/graph/graphGroups.ts';
import type { KnownParts } from '../features/graph/graphLayout.ts';
import { graphMermaid } from '../features/graph/graphMermaid.ts';
import { graphSvg } from '../features/graph/graphSvg.ts';
import { type LocatedGraph, relationshipGraph } from '../features/graph/relationshipGraph.ts';
import { publishedSchema } from '../features/publishedSchema/publishedSchema.ts';
import { configure } from '../features/refactoring/configure.ts';
import { type Listing, listFile } from '../features/refactoring/listFile.ts';
import { newName } from '../features/refactoring/newName.ts';
import { newRelationship } from '../features/refactoring/newRelationship.ts';
import { schemaFiles } from '../features/refactoring/schemaFiles.ts';
import { writeDefinition } from '../features/refactoring/writeDefinition.ts';
import type { DocumentContext } from '../join/documentContext.ts';
import type { Documents } from '../project/documents.ts';
import { uriOfPath } from '../project/files.ts';
import type { PositionIn } from '../project/positions.ts';
import type { Project } from '../project/project.ts';
import { remoteSchemaAddresses } from '../project/remoteSchemaAddresses.ts';
import { CandidateSearch } from '../project/schemaCandidates.ts';
import { SnapshotTargets } from '../project/snapshotTargets.ts';
import type { Workspace } from '../project/workspace.ts';
import type { Location } from '../syntax/location.ts';

/** What VS Code's client asks beyond the protocol, as `common/src/protocol.ts` declares it. `null`: there is no such project, or document. */
export class ClientRequests {
  readonly #workspace: Workspace;
  readonly #documents: Documents;
  readonly #candidates: CandidateSearch;
  /** Of the graph asked for last: it is asked for at every edit. */
  readonly #placedParts: KnownParts = new Map();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#candidates = new CandidateSearch(workspace);
    this.#documents = workspace.documents;
  }

  readonly #positionIn: PositionIn = (file, offset) => this.#documents.range(file, offset, 0).start;

  coverage({ uri }: StatusParams): readonly CoveredName[] {
    return coveredNames(this.#workspace, uri);
  }

  async schemaCandidates({ uri }: ProjectParams): Promise<readonly SchemaCandidatesAnswer[]> {
    const project = this.#workspace.projectAt(this.#workspace.key(uri));
    if (project === undefined) return [];
    return schemaFiles(this.#workspace, project, await this.#candidates.of(project, this.#context(uri)));
  }

  agentTool({ tool, input }: AgentToolParams): AgentToolAnswer {
    try {
      return { text: runAgentTool(this.#workspace, tool, input) };
    } catch (error) {
      if (error instanceof ToolError) return { problem: error.message };
      throw error;
    }
  }

  relationships(params: RelationshipsParams): readonly RelationshipPayload[] {
    const context = this.#context(params.uri);
    return context === undefined ? [] : relationshipPayloads(context, this.#payloadOptions(params));
  }

  roleVisibility(params: RelationshipsParams): readonly RelationshipRoles[] {
    return this.#around(params, relationshipRoles).map(({ name, node, roles }) => ({
      name,
      range: this.#documents.range(params.uri, node.offset, node.length),
      roles,
    }));
  }

  rolesTable({ uri, position }: RelationshipsParams): string | null {
    const context = this.#context(uri);
    const offset = position && this.#documents.offsetAt(uri, position);
    return context === undefined ? null : rolesTable(relationshipRoles(context, offset));
  }

  publishedSchema(params: RelationshipsParams): readonly PublishedSchema[] {
    return this.#around(params, (context, offset) =>
      publishedSchema(context, offset, this.#workspace.findings(this.#workspace.key(params.uri)).findings),
    ).map(({ name, node, text }) => ({
      name,
      range: this.#documents.range(params.uri, node.offset, node.length),
      text,
    }));
  }

  requests(params: RequestsParams): readonly RequestPayload[] {
    const context = this.#context(params.uri);
    return context === undefined ? [] : requestPayloads(context, this.#payloadOptions(params));
  }

  requestText({ uri, position, form }: RequestTextParams): RequestTextAnswer | null {
    const context = this.#context(uri);
    return (context && requestText(context, this.#documents.offsetAt(uri, position), form)) ?? null;
  }

  #payloadOptions({ uri, position }: RelationshipsParams): PayloadOptions {
    return {
      offset: position && this.#documents.offsetAt(uri, position),
      findings: this.#workspace.findings(this.#workspace.key(uri)).findings,
      positionAt: (offset) => this.#documents.range(uri, offset, 0).start,
    };
  }

  project({ uri }: ProjectParams): ProjectContent | null {
    const project = this.#workspace.projectAt(this.#workspace.key(uri));
    if (project === undefined) return null;
    return projectContent(this.#workspace, project, this.#positionIn);
  }

  async graph({ uri, group }: GraphParams): Promise<RelationshipGraph | null> {
    const project = this.#workspace.projectAt(this.#workspace.key(uri));
    if (project === undefined) return null;
    const whole = this.#graphOf(project);
    const graph = group === undefined ? whole : withinGroup(whole, group);
    const rangeOf = ({ uri: file, offset, length }: Location) => this.#documents.range(file, offset, length);
    return graphAnswer(whole, graph, uriOfPath(project.location.root), rangeOf, this.#placedParts);
  }

  async graphText({ uri, group, form }: GraphTextParams): Promise<string | null> {
    const project = this.#workspace.projectAt(this.#workspace.key(uri));
    if (project === undefined) return null;
    const whole = this.#graphOf(project);
    const graph = group === undefined ? whole : withinGroup(whole, group);
    return form === 'svg' ? graphSvg(graph) : graphMermaid(graph);
  }

  #graphOf(project: Project): LocatedGraph {
    return relationshipGraph(
      [...project.files.keys()].flatMap((key) => {
        const context = this.#workspace.context(key);
        return context === undefined ? [] : [{ context, findings: this.#workspace.findings(key).findings }];
      }),
    );
  }

  locations({ uri }: ProjectParams): readonly FileLocations[] | null {
    const project = this.#workspace.projectAt(this.#workspace.key(uri));
    if (project === undefined) return null;
    return metadataLocations(this.#workspace, project, (file, { offset, length }) =>
      this.#documents.range(file, offset, length),
    );
  }

  projects(): readonly ProjectSummary[] {
    return projectList(this.#workspace);
  }

  newRelationship({ uri, position, ...wanted }: NewRelationshipParams): NewRelationshipAnswer | null {
    const context = this.#context(uri);
    return (
      (context &&
        newRelationship(context.withPermittedSchemas, this.#documents.offsetAt(uri, position), wanted)) ??
      null
    );
  }

  writeDefinition({ uri, identity, definition }: DefinitionParams): DefinitionEdit | null {
    const project = this.#workspace.projectAt(this.#workspace.key(uri));
    if (project === undefined) return null;
    return writeDefinition(this.#workspace, project, identity, definition, this.#positionIn);
  }

  configure({ uri, entries }: ConfigureParams): ConfigurationEdit | null {
    const project = this.#workspace.projectAt(this.#workspace.key(uri));
    if (project === undefined) return null;
    return configure(this.#workspace, project, entries, this.#positionIn);
  }

  /** See `listFile`. */
  listFile(uri: string): Listing | undefined {
    const key = this.#workspace.key(uri);
    const project = this.#workspace.projectAt(key);
    if (project === undefined) return undefined;
    return listFile(this.#workspace, project, key, this.#positionIn);
  }

  keys({ uri, position, keys }: KeysParams): PositionRange | null {
    const context = this.#context(uri);
    const location = context && locateKeys(context, this.#documents.offsetAt(uri, position), keys);
    return location === undefined ? null : this.#documents.range(uri, location.offset, location.length);
  }

  snapshotTargets({ uri, parts }: SnapshotTargetsParams): SnapshotTargetsAnswer | null {
    const project = this.#workspace.projectAt(this.#workspace.key(uri));
    if (project === undefined) return null;
    const targets = SnapshotTargets.of(this.#workspace, project);
    if ('problem' in targets) return targets;
    return {
      targets: parts.map((part) => {
        const target = targets.of(part);
        // As the editor has it open, so that it sees whether it was edited.
        return 'problem' in target
          ? target
          : { uri: this.#workspace.uri(target.path), shared: target.shared };
      }),
      known: targets.known,
      addresses: [...remoteSchemaAddresses(this.#workspace, project)].map(
        ([remoteSchema, address = null]) => ({ remoteSchema, address }),
      ),
    };
  }

  newName({ uri, position, name }: NewNameParams): readonly PayloadEdit[] | null {
    const context = this.#context(uri);
    const edits = context && newName(context, this.#documents.offsetAt(uri, position), name);
    return (
      edits?.map(({ offset, length, text }) => ({
        range: this.#documents.range(uri, offset, length),
        newText: text,
      })) ?? null
    );
  }

  /** What is told of the relationships of a document, or of the one at a position; nothing of a document that is none of Hasura's. */
  #around<T>(
    { uri, position }: RelationshipsParams,
    tell: (context: DocumentContext, offset: number | undefined) => readonly T[],
  ): readonly T[] {
    const context = this.#context(uri);
    return context === undefined ? [] : tell(context, position && this.#documents.offsetAt(uri, position));
  }

  #context(uri: string): DocumentContext | undefined {
    return this.#workspace.context(this.#workspace.key(uri));
  }
}
