import { boundedText } from '../../../common/src/boundedText.ts';
import { projectCodes } from '../rules/projectCodes.ts';
import type { Finding, Fix, RelatedLocation, Severity } from '../rules/rule.ts';
import type { SyntaxProblem } from '../syntax/tree.ts';

/** A finding of the project itself: includes, configuration, schema files. */
export function projectFinding(
  code: string,
  message: string,
  location: { readonly offset: number; readonly length: number },
  options: {
    readonly severity?: Severity;
    readonly serverMessage?: string;
    readonly related?: readonly RelatedLocation[];
    readonly fixes?: readonly Fix[];
  } = {},
): Finding {
  return {
    code,
    severity: options.severity ?? defaultSeverities.get(code) ?? 'error',
    message: boundedText(message),
    serverMessage: options.serverMessage === undefined ? undefined : boundedText(options.serverMessage),
    offset: location.offset,
    length: location.length,
    related: options.related ?? [],
    tags: [],
    relationship: undefined,
    fixes: options.fixes ?? [],
  };
}

const defaultSeverities = new Map(projectCodes.map(({ code, severity }) => [code, severity]));

/** What is wrong with the syntax, in words: `CloseBraceExpected` is "close brace expected". */
export function syntaxMessage({ code, message }: SyntaxProblem): string {
  if (code !== 'json-syntax' || !/^[A-Za-z]+$/.test(message)) return message;
  return `This is not valid JSON: ${message.replaceAll(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()}.`;
}
