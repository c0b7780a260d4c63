import { window } from 'vscode';
import { plainReason } from '../../../common/src/metadataApi/inconsistentObjects.ts';
import { connect } from './connection.ts';
import { tell } from './messages.ts';
import type { Services } from './services.ts';

/** The command: what the endpoint holds for inconsistent, in a list that can be searched. */
export async function showInconsistentMetadata(services: Services): Promise<void> {
  const connection = await connect(services);
  const state = await connection?.readState(() => showInconsistentMetadata(services));
  if (connection === undefined || state === undefined) return;
  if (state.inconsistent.length === 0) {
    tell('information', `All metadata on ${connection.host} is consistent.`);
    return;
  }
  const items = state.inconsistent.map(({ reason, subjects }) => ({
    label: `$(warning) ${subjects.map(({ name, type }) => name ?? type ?? 'an object').join(', ')}`,
    detail: plainReason(reason),
  }));
  await window.showQuickPick(items, {
    title: `Inconsistent on ${connection.host}`,
    matchOnDetail: true,
  });
}
