import type { RemoteSchemaJoin } from '../../join/joinPath.ts';
import { suggest } from '../../schema/suggest.ts';
import type { ValueUse } from './joinReaders.ts';
import { lhsFieldAbsence } from './lhsFieldAbsence.ts';

/** The entry of `lhs_fields` that was meant by a variable which is none of them. */
export function listedNameMeant(join: RemoteSchemaJoin, variable: string): string | undefined {
  return suggest(
    variable,
    join.lhsFields.map(({ name }) => name.value),
  );
}

/**
 * Whether a variable is unlisted only because its entry in `lhs_fields` is mistyped: that is reported there, and mending
 * it mends both.
 */
export function isListedMistyped(join: RemoteSchemaJoin, { value }: ValueUse<'variable'>['value']): boolean {
  return join.lhsFields.some(
    ({ name, field }) =>
      field.state === 'absent' && lhsFieldAbsence(join, name.value).suggestion === value.name,
  );
}
