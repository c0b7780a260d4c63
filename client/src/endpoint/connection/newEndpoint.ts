import { isLoopback, originOf, urlObstacle } from '../../../../common/src/endpoint/endpointConfiguration.ts';
import { localized } from '../../../../common/src/localized.ts';
import type { JsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import { withoutTrailing } from '../../../../common/src/trailing.ts';
import { cliName, type Endpoint, listEndpoints } from './endpoints.ts';

/** An endpoint that is being named. */
export interface NewEndpoint {
  readonly name: string;
  readonly url: string;
  readonly guard: Guard;
}

/** What is asked or refused at it. */
export type Guard = 'ask' | 'change' | 'read-only';

/** Where an endpoint can be kept. */
export type Keeping = 'user' | 'workspace' | 'configuration';

/** The base URL of what was entered: pages and APIs of a server are often copied instead of it. */
export function baseUrl(entered: string): string {
  const text = entered.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const [address = ''] = whole.split(/[?#]/, 1);
  const [base = ''] = address.split(
    /\/(?:console|healthz|v1\/(?:metadata|graphql|version)|v2\/query)(?:\/|$)/,
    1,
  );
  return withoutTrailing(base, '/');
}

/** What is wrong with an address that was entered; `undefined`: nothing. */
export function urlProblem(entered: string): string | undefined {
  if (entered.trim() === '')
    return localized`Enter the address of the server, such as https://hasura.example.com.`;
  return urlObstacle(baseUrl(entered), localized`as entered`) === undefined
    ? undefined
    : localized`Enter an http or https address, without a user name or a password.`;
}

/** What is wrong with a name; `undefined`: nothing. */
export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name.trim() === '') return localized`Enter a name.`;
  if (name.trim() === cliName) return localized`"${cliName}" is the endpoint of config.yaml.`;
  return taken.includes(name.trim()) ? localized`There is already an endpoint with this name.` : undefined;
}

/** A name to begin with, unlike those that are taken. */
export function nameFor(url: string, taken: readonly string[]): string {
  const host = originOf(url) === undefined ? '' : new URL(url).hostname;
  const name = isLoopback(url) ? 'local' : /^[\d.:[\]]+$/.test(host) ? host : (host.split('.', 1)[0] ?? host);
  const names = [name, ...Array.from({ length: taken.length + 1 }, (_, index) => `${name}${index + 2}`)];
  return names.find((each) => !taken.includes(each)) ?? name;
}

/** Unless it is said. */
export function usualGuard(url: string): Guard {
  return isLoopback(url) ? 'change' : 'ask';
}

/** As settings and the configuration file have it: what is so anyway is left out. */
export function entryOf({ url, guard }: NewEndpoint): JsonObject {
  return {
    url,
    ...(guard === 'read-only' && { readOnly: true }),
    ...(guard === 'ask' && usualGuard(url) !== 'ask' && { protected: true }),
    ...(guard === 'change' && usualGuard(url) !== 'change' && { protected: false }),
  };
}

/** Where it can be kept: what comes with a repository makes none elsewhere ask nothing. */
export function placesFor({ url, guard }: NewEndpoint, hasWorkspace: boolean): readonly Keeping[] {
  if (guard === 'change' && !isLoopback(url)) return ['user'];
  return ['user', ...(hasWorkspace ? (['workspace'] as const) : []), 'configuration'];
}

/** What can be asked before it is kept. */
export function endpointToTry(endpoint: NewEndpoint): Endpoint | undefined {
  const value = { [endpoint.name]: entryOf(endpoint) };
  const named = [{ value, from: localized`as you entered it`, ofRepository: false }];
  return listEndpoints({ cli: undefined, named, environment: {} }).endpoints[0];
}
