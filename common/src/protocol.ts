/**
 * What client and server say to each other beyond the language server protocol. Plain data: everything survives JSON.
 */
import type { Evidence, NameKind } from './coverage.ts';
import type { Api } from './metadataApi/document/commands.ts';
import type { DefinitionForm } from './metadataApi/document/definition.ts';
import type { Json, JsonObject, JsonPath } from './metadataApi/document/json.ts';
import type { MetadataObject } from './metadataApi/document/metadataObject.ts';
import type { Owner } from './metadataApi/document/owner.ts';
import type { RelationshipIdentity } from './metadataApi/document/relationshipIdentity.ts';
import type { RemoteSchemaAddress } from './metadataApi/pull/ownServer.ts';
import type { PullPart } from './metadataApi/pull/pullAll.ts';

/** A request to the server beyond the protocol's own: how it is called, what it is asked with, and its answer. */
export interface CustomRequest<Params, Answer> {
  readonly method: string;
  /** Never there: what ties the types to the method. */
  readonly types?: (params: Params) => Answer;
}

function request<Params, Answer>(name: string): CustomRequest<Params, Answer> {
  return { method: `remoteRelationships/${name}` };
}

export const statusRequest = request<StatusParams, FileStatus | null>('status');

/** Notification to a client that asked for it, without parameters: what `statusRequest` answers may have changed. */
export const statusChangedNotification = 'remoteRelationships/statusChanged';

/** Section of the settings: `sources`, `remoteSchemas`, `serverVersion`, `rules`. */
export const settingsSection = 'remoteRelationships';

/** `initializationOptions` of the server; everything is optional. */
export interface InitializationOptions {
  /** False when another extension already reports YAML syntax errors; true unless said. */
  readonly reportYamlSyntax?: boolean;
  /** The workspace is trusted: more than its folders may be read. False unless said. */
  readonly trusted?: boolean;
  /** The client has VS Code's `editor.action.triggerSuggest`; false unless said. */
  readonly asksAgain?: boolean;
  /** The client offers words of open files where it is offered nothing, as VS Code does; false unless said. */
  readonly offersWords?: boolean;
  /**
   * The client indents lines that it inserts like the one they go into. Unless said: those of snippets; to one that knows no
   * snippets no more than a line is given.
   */
  readonly indentsInserts?: boolean;
  /** The client wants `statusChangedNotification`; false unless said. */
  readonly statusChanges?: boolean;
  /** What is missing is said in the log, not in a message; false unless said. Who wants `statusChanges` is told neither way. */
  readonly quiet?: boolean;
  /**
   * A command of the client's that shows the references of what stands at a position, given the document's URI and the position:
   * code lenses run it. Unless said they are text alone.
   */
  readonly showReferencesCommand?: string;
  /**
   * A command of the client's that adds a relationship to the table at a place, with `newRelationshipRequest`, given an object
   * with `uri` and `position`: code lenses run it. Unless said there are none.
   */
  readonly addRelationshipCommand?: string;
  /** Path of a folder of the client's own where what was read may be kept for the next start; nothing is kept unless said. */
  readonly cacheFolder?: string;
}

export interface StatusParams {
  readonly uri: string;
}

/** Where a fact comes from; the first that has an answer wins. */
export type Origin = 'configuration' | 'settings' | 'convention' | 'migrations' | 'metadata';

export interface SchemaStatus {
  readonly name: string;
  /** `failed`: there is a file, but it is broken or can't be read; the last good state stays in use. `reading`: not yet. */
  readonly state: 'loaded' | 'failed' | 'missing' | 'reading';
  /** The file it was read from. */
  readonly uri: string | null;
  readonly origin: Origin | null;
  /** When what is in use was read, in milliseconds since 1970; `null` when nothing is in use. */
  readonly since: number | null;
  /** What is wrong, in the user's words. */
  readonly problem: string | null;
  /** How much of a source is known by SQL, in the user's words. */
  readonly detail: string | null;
}

export interface FileStatus {
  /** Whether the document is one of Hasura's. */
  readonly recognised: boolean;
  /** `null`: the document belongs to no project and is read alone. */
  readonly project: {
    readonly name: string;
    /** The project's folder. */
    readonly uri: string;
    readonly configurationUri: string | null;
  } | null;
  /** The version checked against: as configured, or `latest`. */
  readonly serverVersion: string;
  readonly sources: readonly SchemaStatus[];
  readonly remoteSchemas: readonly SchemaStatus[];
  /** Settings of the editor that can't be read, in the user's words. */
  readonly problems: readonly string[];
}

/** What an agent asks by one of the tools of `server/src/features/agentTools`. */
export const agentToolRequest = request<AgentToolParams, AgentToolAnswer>('agentTool');

export interface AgentToolParams {
  readonly tool: string;
  /** As the agent wrote it: it may be anything. */
  readonly input: Json;
}

/** A text for the agent, or why there is none, in words that it may be told. */
export type AgentToolAnswer = { readonly text: string } | { readonly problem: string };

/** Every name that relationships of the document's project use, and what it is checked against. */
export const coverageRequest = request<StatusParams, readonly CoveredName[]>('coverage');

export interface CoveredName {
  readonly kind: NameKind;
  readonly name: string;
  readonly against: Evidence;
  readonly uri: string;
  readonly range: PositionRange;
}

export const relationshipsRequest = request<RelationshipsParams, readonly RelationshipPayload[]>(
  'relationships',
);

/** Lines and characters from 0; characters are what was agreed on in `initialize`, UTF-16 units unless said. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface PositionRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

export interface RelationshipsParams {
  readonly uri: string;
  /** Only the relationship around this place. */
  readonly position?: TextPosition;
}

/** A relationship of a document, as it would be sent to a server. */
export interface RelationshipPayload {
  /** Empty when it has none. */
  readonly name: string;
  /** `null`: the document does not say, or not yet, which one it is: `obstacle` says why. */
  readonly identity: RelationshipIdentity | null;
  /** Kind of the owner's source, where it is known. */
  readonly sourceKind: string | null;
  /** Of the whole item. */
  readonly range: PositionRange;
  /** Of the name; of the whole item when it has none. */
  readonly nameRange: PositionRange;
  /** `none`: a request to delete has no definition. */
  readonly form: 'unified' | 'legacy' | 'to-source' | 'unreadable' | 'none';
  /** The `definition` as a value, aliases filled in; `null`: it can't be read as one, or there is none. */
  readonly definition: Json;
  /** Messages of the findings of severity error about it. */
  readonly errors: readonly string[];
  /** Why it can't be sent, in the user's words. */
  readonly obstacle: string | null;
  /** Edits that take it out of the document with its comments; `null` where it can't be taken out alone. */
  readonly removal: readonly PayloadEdit[] | null;
}

export interface PayloadEdit {
  readonly range: PositionRange;
  readonly newText: string;
}

/** Who can reach what the relationships of a document lead to. */
export const roleVisibilityRequest = request<RelationshipsParams, readonly RelationshipRoles[]>(
  'roleVisibility',
);

export interface RelationshipRoles {
  /** Of the relationship; empty when it has none. */
  readonly name: string;
  /** Of the whole item. */
  readonly range: PositionRange;
  /** Every role that the metadata speaks of but `admin`, which may do everything. */
  readonly roles: readonly RoleAnswer[];
}

export interface RoleAnswer {
  readonly role: string;
  readonly state: 'reachable' | 'unreachable' | 'unknown';
  /** Why not, or what is not known, in the user's words. */
  readonly reasons: readonly string[];
}

/** The same as a table in Markdown for people; `null`: the document is none of Hasura's. */
export const rolesTableRequest = request<RelationshipsParams, string | null>('rolesTable');

/** What the relationships of a document add to the GraphQL schema of Hasura, and what they ask. */
export const publishedSchemaRequest = request<RelationshipsParams, readonly PublishedSchema[]>(
  'publishedSchema',
);

export interface PublishedSchema {
  /** Of the relationship; empty when it has none. */
  readonly name: string;
  /** Of the whole item. */
  readonly range: PositionRange;
  /** A GraphQL document for people, with comments. */
  readonly text: string;
}

/**
 * The relationships that lead to what stands somewhere in a metadata file, a table or a remote field, as many as its code lens says; of
 * what a relationship leads to the others.
 */
export const joiningRelationshipsRequest = request<
  JoiningRelationshipsParams,
  readonly JoiningRelationship[]
>('joiningRelationships');

export interface JoiningRelationshipsParams {
  readonly uri: string;
  readonly position: TextPosition;
}

export interface JoiningRelationship {
  readonly uri: string;
  /** Of its name; of the whole item when it has none. */
  readonly range: PositionRange;
}

/** `null`: the file or folder belongs to no project. */
export const projectRequest = request<ProjectParams, ProjectContent | null>('project');

export interface ProjectParams {
  /** A file of the project, or its folder. */
  readonly uri: string;
}

/** What the metadata files of a project say, requests left out, in the order the server reads them. */
export interface ProjectContent {
  readonly name: string;
  /** The project's folder. */
  readonly uri: string;
  readonly files: readonly ProjectFile[];
}

export interface ProjectFile {
  readonly uri: string;
  readonly relationships: readonly RelationshipPayload[];
  /** Sources, tables and remote schemas of which the file speaks. */
  readonly owners: readonly OwnerLocation[];
}

/** Where an owner is written; of its name. */
export interface OwnerLocation {
  readonly owner: Owner;
  readonly range: PositionRange;
}

/** The relationships of a project as a graph that is laid out; `null`: the file or folder belongs to no project. */
export const graphRequest = request<GraphParams, RelationshipGraph | null>('graph');

export interface GraphParams extends ProjectParams {
  /** `id` of a group: only the relationships that lead from or to something in it. All of them unless said. */
  readonly group?: string;
}

/** It reads from left to right. Lengths are pixels, places those from the upper left corner. */
export interface RelationshipGraph {
  /** The project's folder, as a URI. */
  readonly project: string;
  readonly width: number;
  readonly height: number;
  /** Every source and remote schema of the project that its relationships lead from or to. */
  readonly groups: readonly GraphGroup[];
  readonly nodes: readonly PlacedGraphNode[];
  readonly edges: readonly PlacedGraphEdge[];
}

export interface GraphGroup {
  readonly id: string;
  readonly kind: 'source' | 'remote-schema' | 'actions';
  /** Empty where it is not known, and for actions. */
  readonly name: string;
  /** As nodes have it. */
  readonly project?: string;
}

/** What relationships lead from and to. */
export interface GraphNode {
  /** What edges call it. */
  readonly id: string;
  readonly kind: 'table' | 'type' | 'action-type' | 'remote-schema';
  readonly label: string;
  /** The source or remote schema it is in; empty where that is not known. */
  readonly group: string;
  /** The one it is in, where several are drawn. */
  readonly project?: string;
}

export interface GraphPoint {
  readonly x: number;
  readonly y: number;
}

/** `x` and `y` are its middle. */
export interface PlacedGraphNode extends GraphNode, GraphPoint {
  readonly width: number;
  readonly height: number;
  /** The label as far as there is room for it. */
  readonly text: string;
  /** Where it is declared; `null`: that is not known. */
  readonly definition: { readonly uri: string; readonly range: PositionRange } | null;
}

/** A relationship. */
export interface GraphEdge {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** `error`: something is wrong with it. `unknown`: a side of it is not known, so that it can't be checked. */
  readonly state: 'checked' | 'error' | 'unknown';
  readonly uri: string;
  /** Of the whole item. */
  readonly range: PositionRange;
}

export interface PlacedGraphEdge extends GraphEdge {
  /** Two or more. */
  readonly points: readonly GraphPoint[];
  /** The middle of its name, as far as there is room for it. */
  readonly label: GraphPoint & { readonly text: string };
}

/** The same as text: a picture that stands alone, or a chart; `null`: the file or folder belongs to no project. */
export const graphTextRequest = request<GraphTextParams, string | null>('graphText');

export interface GraphTextParams extends GraphParams {
  readonly form: 'svg' | 'mermaid';
}

/** `null`: the file or folder belongs to no project. */
export const locationsRequest = request<ProjectParams, readonly FileLocations[] | null>('locations');

/** Every object of the metadata that is written in a file. */
export interface FileLocations {
  readonly uri: string;
  readonly locations: readonly ObjectLocation[];
}

/** Where an object is written. Of two with one name the server takes the later. */
export interface ObjectLocation {
  readonly object: MetadataObject;
  /** Of what is the object's alone: the whole item, or the name of what holds others. */
  readonly range: PositionRange;
  /** Of its name. */
  readonly nameRange: PositionRange;
}

/** Answered with the range of what stands there, or of what is nearest above it. */
export const keysRequest = request<KeysParams, PositionRange | null>('keys');

export interface KeysParams {
  readonly uri: string;
  /** Where the relationship, or the request, begins. */
  readonly position: TextPosition;
  /** Keys and indexes below the relationship's item (of one in a request: as a metadata item has them), or below the request. */
  readonly keys: JsonPath;
}

/** `null`: the file or folder belongs to no project. */
export const snapshotTargetsRequest = request<SnapshotTargetsParams, SnapshotTargetsAnswer | null>(
  'snapshotTargets',
);

export interface SnapshotTargetsParams {
  /** A file of the project, or its folder. */
  readonly uri: string;
  readonly parts: readonly PullPart[];
}

/** Where the snapshots of a project go. */
export type SnapshotTargetsAnswer =
  /** Nothing can be written: the configuration file, which says where, can't be read. */
  | { readonly problem: string }
  | {
      /** One for each part, in their order. */
      readonly targets: readonly TargetAnswer[];
      /** The sources and remote schemas of which the project speaks. */
      readonly known: readonly PullPart[];
      /** Where the remote schemas are that the metadata has. */
      readonly addresses: readonly AddressAnswer[];
    };

export interface AddressAnswer {
  readonly remoteSchema: string;
  /** `null`: it can't be read. */
  readonly address: RemoteSchemaAddress | null;
}

export type TargetAnswer =
  /** `shared`: the same file is named for other sources, too. */
  | { readonly uri: string; readonly shared: boolean }
  /** Why it has no file, in the user's words. */
  | { readonly problem: string };

export const requestsRequest = request<RequestsParams, readonly RequestPayload[]>('requests');

export interface RequestsParams {
  readonly uri: string;
  /** Only the request around this place. */
  readonly position?: TextPosition;
}

/** A request to the metadata API as a document has it: a `bulk` is one. */
export interface RequestPayload {
  /** The command. */
  readonly type: string;
  readonly range: PositionRange;
  /** What would be sent; `null`: it can't be read, and `obstacle` says why. */
  readonly body: JsonObject | null;
  /** Where the document says to send it; `null` when it does not say. */
  readonly api: Extract<Api, 'metadata' | 'query' | 'legacy-query'> | null;
  /** Messages of the findings of severity error in it. */
  readonly errors: readonly string[];
  readonly obstacle: string | null;
}

/** `null`: neither a request nor a relationship stands there. */
export const requestTextRequest = request<RequestTextParams, RequestTextAnswer | null>('requestText');

/** A request, or one that creates a relationship, as text for whoever sends it by other means. */
export interface RequestTextParams {
  readonly uri: string;
  readonly position: TextPosition;
  /** `json`: its body. `curl`: a command of a shell, in which endpoint and secret are variables of the environment. */
  readonly form: 'json' | 'curl';
}

export type RequestTextAnswer =
  | { readonly text: string }
  /** Why it can't be sent, in the user's words. */
  | { readonly obstacle: string };

/** `null`: the name can't be changed alone. */
export const newNameRequest = request<NewNameParams, readonly PayloadEdit[] | null>('newName');

export interface NewNameParams {
  readonly uri: string;
  /** Where the relationship begins. */
  readonly position: TextPosition;
  readonly name: string;
}

/** The projects with metadata, by their folders. */
export const projectsRequest = request<null, readonly ProjectSummary[]>('projects');

export interface ProjectSummary {
  readonly name: string;
  /** The project's folder. */
  readonly uri: string;
  readonly configurationUri: string | null;
}

/** `null`: there is no such project. */
export const writeDefinitionRequest = request<DefinitionParams, DefinitionEdit | null>('writeDefinition');

/** The metadata files are to say that a relationship is defined like this. */
export interface DefinitionParams {
  /** A file of the project, or its folder. */
  readonly uri: string;
  readonly identity: RelationshipIdentity;
  readonly definition: Json;
}

export type DefinitionEdit =
  | {
      readonly uri: string;
      /** `none`: the file says so already. */
      readonly change: 'definition' | 'new-item' | 'none';
      readonly edits: readonly PayloadEdit[];
    }
  /** Why it can't be written, in the user's words. */
  | { readonly obstacle: string };

/** Answered with edits, and not carried out. `null`: the file or folder belongs to no project. */
export const rewriteProjectRequest = request<RewriteProjectParams, ProjectRewriteAnswer | null>(
  'rewriteProject',
);

/** The command by which an editor has the server carry that out. Its one argument: `RewriteProjectParams`. */
export const rewriteProjectCommand = 'remoteRelationships.rewriteProject';

/** All relationships of a project that lead to remote schemas are to be written in one form. */
export interface RewriteProjectParams {
  /** A file of the project, or its folder. */
  readonly uri: string;
  readonly form: DefinitionForm;
}

export interface ProjectRewriteAnswer {
  /** A `WorkspaceEdit` of the protocol, as the client can take it; `null`: nothing is to be written. */
  readonly edit: object | null;
  /** How many files it changes. */
  readonly files: number;
  /** Relationships that stay as they are: the other form can't express them, or what they are made of stands elsewhere. */
  readonly left: readonly { readonly uri: string; readonly name: string; readonly range: PositionRange }[];
}

/** `null`: the file belongs to no project. */
export const configureRequest = request<ConfigureParams, ConfigurationEdit | null>('configure');

/** The configuration file of a project is to say these things. */
export interface ConfigureParams {
  /** A file of the project, or its folder. */
  readonly uri: string;
  readonly entries: readonly ConfigurationEntry[];
}

export interface ConfigurationEntry {
  /** From the top of the file. */
  readonly keys: readonly string[];
  readonly value: Json;
}

/** `null`: nothing that has relationships is there. */
export const newRelationshipRequest = request<NewRelationshipParams, NewRelationshipAnswer | null>(
  'newRelationship',
);

/**
 * A relationship is to be added to the table, or to the type of a remote schema, at a place. Asked step by step: without a
 * target for what there is; then for the fields below a path, or the tables of a source; then with what was chosen. What
 * comes of it is written by `writeDefinitionRequest`.
 */
export interface NewRelationshipParams {
  readonly uri: string;
  readonly position: TextPosition;
  readonly target?:
    | { readonly remoteSchema: string; readonly path: readonly string[] }
    | {
        readonly source: string;
        readonly table?: Json;
        readonly relationshipType?: 'object' | 'array';
      };
  /** What was chosen for keys, by their `id`; `null` for none. What is left out is proposed. */
  readonly keys?: { readonly [id: string]: string | null };
}

export type NewRelationshipOwner =
  | { readonly owner: 'table'; readonly source: string; readonly table: Json }
  | { readonly owner: 'remote-schema'; readonly remoteSchema: string; readonly typeName: string };

export interface NewRelationshipAnswer {
  readonly owner: NewRelationshipOwner;
  /** What may come next. */
  readonly choices: readonly RelationshipChoice[];
  /** What it joins on: each argument of the path, or each field that may be mapped to a column. */
  readonly keys: readonly JoinKey[];
  /** A name that is free; `null` as long as the target is not complete. */
  readonly name: string | null;
  readonly definition: Json;
}

export interface RelationshipChoice {
  readonly kind: 'remote-schema' | 'source' | 'field' | 'table';
  readonly name: string;
  /** Of a table: its name as a definition has it. */
  readonly table?: Json;
  /** Type and arguments, columns, or the kind of source. */
  readonly detail: string;
  readonly description: string;
  /** There is something below it to choose from. */
  readonly hasMore: boolean;
  /** The relationship may end there. */
  readonly isTarget: boolean;
}

export interface JoinKey {
  readonly id: string;
  /** The remote field whose argument it is, or the argument whose field; the table or type whose field. */
  readonly of: string;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly chosen: string | null;
  /** Fields, or columns of the target, the best first; empty for an object, which is filled by what suits. */
  readonly candidates: readonly JoinKeyCandidate[];
}

export interface JoinKeyCandidate {
  readonly field: string;
  readonly type: string | null;
  /** Whether the types agree. */
  readonly fits: 'yes' | 'no' | 'unknown';
}

/** Files of the workspace that fit sources and remote schemas of which nothing is known. */
export const schemaCandidatesRequest = request<ProjectParams, readonly SchemaCandidatesAnswer[]>(
  'schemaCandidates',
);

export interface SchemaCandidatesAnswer {
  readonly part: PullPart;
  /** The best first. */
  readonly candidates: readonly SchemaCandidateAnswer[];
}

export interface SchemaCandidateAnswer {
  /** Paths and patterns as seen from the workspace folder. */
  readonly text: string;
  /** What names them in the configuration file. */
  readonly entry: ConfigurationEntry;
}

export type ConfigurationEdit =
  | {
      readonly uri: string;
      /** False: there is none yet, and the edit is its whole text. */
      readonly exists: boolean;
      readonly edits: readonly PayloadEdit[];
    }
  /** Why it can't be written, in the user's words. */
  | { readonly obstacle: string };
