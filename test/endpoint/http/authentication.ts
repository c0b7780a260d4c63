import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../refusal.ts';
import { releaseOf, type Settings } from '../settings.ts';

/** The role of a request, or 401 (spec 6.1). Without a configured secret a sent one is ignored. */
export function authenticate(headers: IncomingHttpHeaders, settings: Settings): string {
  const role = headerText(headers, 'x-hasura-role') ?? 'admin';
  if (settings.adminSecret === undefined) return role;
  const sent = headerText(headers, 'x-hasura-admin-secret') ?? headerText(headers, 'x-hasura-access-key');
  if (sent === settings.adminSecret) return role;
  const names = releaseOf(settings).since(2, 42, 0)
    ? '"x-hasura-admin-secret"/"x-hasura-access-key"'
    : 'x-hasura-admin-secret/x-hasura-access-key';
  const text = sent === undefined ? `${names} required, but not found` : `invalid ${names}`;
  throw new Refusal('access-denied', text, { status: 401, path: '$' });
}

export function requireAdmin(role: string): void {
  if (role !== 'admin') {
    throw new Refusal('access-denied', 'restricted access : admin only', { path: '$.args' });
  }
}

function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
