import { getIntrospectionQuery } from 'graphql';
import { boundedText } from '../../boundedText.ts';
import { localized } from '../../localized.ts';
import { isJsonArray, isJsonObject, member, textMember } from '../document/json.ts';
import type { HttpClient } from '../http/http.ts';
import { describeFailure } from '../http/httpResult.ts';
import type { PartResult } from './pullAll.ts';

/** Asks a GraphQL server, at the client's own address, for its schema. Never rejects. */
export async function introspectUrl(client: HttpClient, signal?: AbortSignal): Promise<PartResult> {
  const body = { query: getIntrospectionQuery(), operationName: 'IntrospectionQuery' };
  const result = await client.send({ api: 'graphql', effect: 'read', body, isKept: true }, signal);
  if (result.outcome !== 'answered') {
    const message = describeFailure(result, client.host);
    return { outcome: 'failed', message, cancelled: result.outcome === 'cancelled' };
  }
  const introspection = member(result.json, 'data');
  if (introspection !== undefined && isJsonObject(member(introspection, '__schema'))) {
    return { outcome: 'introspection', introspection };
  }
  const errors = member(result.json, 'errors');
  const words = isJsonArray(errors) ? textMember(errors[0], 'message') : undefined;
  const why =
    words === undefined
      ? localized`is no introspection result`
      : localized`is an error: ${boundedText(words)}`;
  return { outcome: 'failed', message: localized`What ${client.host} answers ${why}.`, cancelled: false };
}
