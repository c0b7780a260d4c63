import './ui/translation.ts';

import path from 'node:path';
import { commands, type ExtensionContext, languages, type Uri, workspace } from 'vscode';
import { type FileStatus, statusRequest, type TextPosition } from '../../common/src/protocol.ts';
import { ActiveFile } from './activeFile.ts';
import { registerAgentTools } from './agentTools.ts';
import { setContextKeys } from './contextKeys.ts';
import { EndpointChoices } from './endpointChoices.ts';
import { EndpointCommands } from './endpointCommands.ts';
import { EndpointStatus } from './endpointStatus.ts';
import { GraphPanel } from './graph/graphPanel.ts';
import { HasuraView } from './hasuraView.ts';
import { giveRequestsALanguage } from './httpLanguage.ts';
import { LanguageServerClient } from './languageServerClient.ts';
import { MissingSchemas } from './missingSchemas.ts';
import { RelationshipDocuments } from './relationshipDocuments.ts';
import { RelationshipLenses } from './relationshipLenses.ts';
import { documentSelector, whenNeeded } from './relevance.ts';
import { checkBy, SchemaChanges } from './schemaChanges.ts';
import { showReferences } from './showReferences.ts';
import { showStatus } from './statusDetails.ts';
import { StatusItem } from './statusItem.ts';
import { provideTasks } from './tasks.ts';
import { createLog } from './ui/log.ts';
import { offerWalkthrough } from './walkthrough.ts';

/** What `activate` gives to whoever asks for this extension's exports. */
export interface Api {
  /** What is in use for a file; undefined while the server does not run. */
  fileStatus(uri: Uri): Promise<FileStatus | undefined>;
}

/**
 * Everything the extension adds to VS Code. The server is started by the first sign of Hasura metadata, not before; the
 * commands are there from the beginning and say why when it does not run.
 */
export function activate(context: ExtensionContext): Api {
  const log = createLog('Remote Relationships');
  const server = new LanguageServerClient(
    context.asAbsolutePath('dist/server.cjs'),
    path.join(context.globalStorageUri.fsPath, 'cache'),
    log,
  );
  const active = new ActiveFile(server, log);
  const choices = new EndpointChoices(context.workspaceState);
  const lenses = new RelationshipLenses(server);
  const documents = new RelationshipDocuments(server);
  const view = new HasuraView();
  const graph = new GraphPanel(server, view, context.extensionUri);
  const endpointCommands = new EndpointCommands({ extension: context, log, server, choices, view });
  context.subscriptions.push(
    log,
    server,
    active,
    choices,
    lenses,
    documents,
    view,
    graph,
    languages.registerCodeLensProvider(documentSelector, lenses),
    new EndpointStatus(active, choices),
    setContextKeys(server, choices),
    endpointCommands,
    new MissingSchemas(active, context.workspaceState, (status) => endpointCommands.tellMissing(status)),
    new StatusItem(server, active),
    giveRequestsALanguage(),
    workspace.onWillRenameFiles((event) => event.waitUntil(server.editsBeforeRenaming(event.files))),
    whenNeeded(log, () => void server.start()),
    registerAgentTools(server),
    provideTasks(context.asAbsolutePath('dist/cli.cjs')),
    new SchemaChanges(server, checkBy(context.asAbsolutePath('dist/cli.cjs')), log),
    offerWalkthrough(context.extension.id),
    commands.registerCommand('remoteRelationships.restartServer', () => server.restart()),
    commands.registerCommand('remoteRelationships.showLog', () => log.show()),
    commands.registerCommand('remoteRelationships.showReferences', (uri: string, position: TextPosition) =>
      showReferences(server, uri, position),
    ),
    commands.registerCommand('remoteRelationships.previewPublishedSchema', (argument?: unknown) =>
      documents.show('published', argument),
    ),
    commands.registerCommand('remoteRelationships.showRoles', (argument?: unknown) =>
      documents.show('roles', argument),
    ),
    commands.registerCommand('remoteRelationships.showGraph', () => graph.show()),
    commands.registerCommand('remoteRelationships.showStatus', () =>
      showStatus(server, context.workspaceState),
    ),
  );
  return {
    fileStatus: async (uri) => (await server.ask(statusRequest, { uri: uri.toString() })) ?? undefined,
  };
}
