import type { MetadataFacts } from '../catalogue/catalogueInput.ts';
import type { MetadataModel } from '../metadata/relationship.ts';

/** Metadata as a document that is no part of the project's sees it: a migration, a request that replaces all of it. */

/** Whether a document is one request that puts its own metadata in place of all that is there. */
export function isReplacement({ otherRequests, relationships }: MetadataModel): boolean {
  return (
    otherRequests.length === 1 &&
    otherRequests[0]?.type.value === 'replace_metadata' &&
    relationships.every(({ request }) => request === undefined)
  );
}

/** What such a request says; `whole`: all of it can be read. */
export function ownMetadata(uri: string, model: MetadataModel, whole: boolean): MetadataFacts {
  return {
    documents: [{ uri, model }],
    sourcesComplete: whole,
    remoteSchemasComplete: whole,
    tablesComplete: new Map(),
  };
}

/** The same metadata, with nothing called absent: for migrations, which were right when they ran. */
export function openEnded(metadata: MetadataFacts): MetadataFacts {
  return {
    documents: metadata.documents,
    sourcesComplete: false,
    remoteSchemasComplete: false,
    tablesComplete: new Map([...metadata.tablesComplete.keys()].map((name) => [name, false])),
  };
}
