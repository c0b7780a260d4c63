/** Every command that talks to an endpoint. */
export const endpointCommands = [
  'applyRelationship',
  'applyFile',
  'applyProject',
  'deleteRelationship',
  'renameRelationship',
  'sendRequest',
  'undoLastChange',
  'chooseEndpoint',
  'nameEndpoint',
  'enterAdminSecret',
  'forgetAdminSecret',
  'reloadMetadata',
  'reloadRemoteSchema',
  'showInconsistentMetadata',
  'pullSnapshots',
  'compareWithServer',
  'refreshHasuraView',
  'hideSame',
  'showSame',
  'compareDefinitions',
  'copyServerDefinition',
  'openLocalDefinition',
  'applyFromView',
  'deleteFromView',
] as const;

export type EndpointCommand = (typeof endpointCommands)[number];
