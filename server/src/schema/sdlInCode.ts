import jsTokens from 'js-tokens';
import type { SdlProblem } from './parseSdl.ts';
import type { SdlDefinitions } from './sdlDefinitions.ts';

/** Whether a file is JavaScript or TypeScript, in which SDL stands in templates. */
export function isCodeFile(uri: string): boolean {
  return /\.[cm]?[jt]sx?$/i.test(uri);
}

/** A template that a tag, or a comment, says to be GraphQL. */
interface Template {
  /** Of what stands between the quotes. */
  readonly offset: number;
  readonly text: string;
  /** It ends at an expression. */
  readonly isCut: boolean;
}

/**
 * Reads the SDL of a file of code, in `gql` and `graphql` templates: places are those in the file, no code is run.
 * Queries beside it are left out. A template with an expression is an error: what it says is not known.
 */
export function readSdlInCode(
  uri: string,
  text: string,
  readText: (text: string) => SdlDefinitions,
): SdlDefinitions {
  const templates = templatesOf(text, /x$/i.test(uri)).filter((template) => !isOperation(template.text));
  const cut = templates.find(({ isCut }) => isCut);
  if (cut !== undefined) {
    const offset = cut.offset + cut.text.length;
    const message =
      'This template has an expression, so that its SDL is not known without running the code. Nothing of this remote schema is used.';
    return broken(message, offset, 2);
  }
  if (templates.length === 0) return broken('This file has no SDL in gql or graphql templates.', 0, 0);
  let sdl = '';
  for (const template of templates) {
    sdl += blank(text.slice(sdl.length, template.offset)) + unescaped(template.text);
  }
  return readText(sdl);
}

function broken(message: string, offset: number, length: number): SdlDefinitions {
  const problem: SdlProblem = { message, offset, length, severity: 'error' };
  return { definitions: undefined, problem };
}

function templatesOf(text: string, jsx: boolean): readonly Template[] {
  const templates: Template[] = [];
  let offset = 0;
  let isTagged = false;
  let before = '';
  for (const token of jsTokens(text, { jsx })) {
    const { type, value } = token;
    if (isTagged && (type === 'NoSubstitutionTemplate' || type === 'TemplateHead')) {
      const isCut = type === 'TemplateHead';
      // Half-typed, it ends with the file.
      const end = isCut ? 2 : token.closed ? 1 : 0;
      templates.push({ offset: offset + 1, text: value.slice(1, value.length - end), isCut });
    }
    offset += value.length;
    if (type === 'WhiteSpace' || type === 'LineTerminatorSequence' || type === 'SingleLineComment') continue;
    if (type === 'MultiLineComment') {
      isTagged ||= /^\/\*\s*graphql\s*\*\//i.test(value);
      continue;
    }
    // Both a tag, and a function that is called with the template.
    isTagged = isTag(value) || (value === '(' && isTag(before));
    before = value;
  }
  return templates;
}

function isTag(word: string): boolean {
  return word === 'gql' || word === 'graphql';
}

function isOperation(text: string): boolean {
  return /^(?:[\s,]|#[^\n]*\n)*(?:query|mutation|subscription|fragment)\b|^(?:[\s,]|#[^\n]*\n)*\{/.test(text);
}

/** As long as the text, with its lines, and nothing else. */
function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ');
}

/** What the template stands for, as long as it is written. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([`$])/g, ' $1');
}
