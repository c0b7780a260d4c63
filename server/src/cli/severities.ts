import { quoted } from '../../../common/src/foreignText.ts';
import { configurableCodes } from '../project/knownSchemas.ts';
import { type SeveritySetting, severitySettings } from '../rules/settings.ts';
import { CommandError } from './commandError.ts';
import { nearOne } from './nearOne.ts';

/** Severities by code, as somebody wrote them. @throws CommandError when there is no such rule, or no such severity */
export function checkedSeverities(
  written: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, SeveritySetting>> {
  const result: Record<string, SeveritySetting> = {};
  for (const [code, name] of Object.entries(written)) {
    const severity = severitySettings.find((each) => each === name);
    if (!configurableCodes.includes(code)) {
      throw new CommandError(`There is no rule ${quoted(code)}.${nearOne(code, configurableCodes)}`);
    }
    if (severity === undefined) {
      throw new CommandError(
        `The severity of ${code} is ${oneOf(severitySettings)}, not ${quoted(String(name))}.`,
      );
    }
    result[code] = severity;
  }
  return result;
}

/** `"a", "b" or "c"` */
export function oneOf(names: readonly string[]): string {
  return `${names
    .slice(0, -1)
    .map((name) => `"${name}"`)
    .join(', ')} or "${names.at(-1)}"`;
}
