import { type ExpectedFinding, expectFindings, type Surroundings } from '../../support/checkText.ts';
import { surroundings, toRemoteSchema } from '../joinFixtures.ts';

export const location: Surroundings = { ...surroundings, location: { source: 'default' } };

export const at = (serverVersion: string): Surroundings => ({ ...location, serverVersion });

export const given = (name: string) => `nameOf: { arguments: { id: $${name} } }`;

export const pairs = '{ id: customer_id }';

/** Lists what the field uses, so that nothing is unused. */
export function listOf(field: string): string {
  return `[${[...new Set(field.match(/\$\w+/g) ?? [])].map((name) => name.slice(1)).join(', ')}]`;
}

/** Checks an argument of a remote field; what it uses is listed. */
export function checkArgument(
  field: string,
  expected: readonly ExpectedFinding[],
  around: Surroundings = location,
): void {
  expectFindings(toRemoteSchema(listOf(field), field), expected, around);
}

export const people = (argument: string) => `people: { arguments: { ${argument} } }`;

export const fixedPeople = (argument: string) => toRemoteSchema(listOf(argument), people(argument));

/** Checks a remote field; `id` is listed where it is used. */
export function checkPath(
  field: string,
  expected: readonly ExpectedFinding[],
  around: Surroundings = location,
): void {
  expectFindings(toRemoteSchema(field.includes('$id') ? '[id]' : '[]', field), expected, around);
}
