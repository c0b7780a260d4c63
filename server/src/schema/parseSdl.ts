import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { errorMessage } from '../../../common/src/errorMessage.ts';
import { deepestNesting, tooDeepAt } from '../../../common/src/nesting.ts';
import { foreignLines } from '../syntax/foreignLines.ts';
import { withoutOldSdl } from './oldSdl.ts';

/** The document, if it could be read, and what is wrong with it and where (UTF-16 units). */
export interface ParsedSdl {
  readonly document: DocumentNode | undefined;
  readonly problem: SdlProblem | undefined;
}

export interface SdlProblem {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
  readonly severity: 'error' | 'hint';
}

/** Parses GraphQL SDL, that of earlier times too; never throws. */
export function parseSdl(text: string): ParsedSdl {
  const tooDeep = tooDeeplyNested(text);
  if (tooDeep !== undefined) return { document: undefined, problem: tooDeep };
  if (text.trim() === '') {
    const message = 'This file is empty: it holds no GraphQL SDL.';
    return { document: undefined, problem: { message, offset: 0, length: 0, severity: 'error' } };
  }
  const document = read(text);
  if (!('problem' in document)) return { document, problem: undefined };
  return readOld(text) ?? readAround(text) ?? { document: undefined, problem: document.problem };
}

/** Of text that a parser would not come back from. */
export function tooDeeplyNested(text: string): SdlProblem | undefined {
  const offset = tooDeepAt(text, 'graphql');
  if (offset === undefined) return undefined;
  const message = `This is nested deeper than ${deepestNesting} levels.`;
  return { message, offset, length: 1, severity: 'error' };
}

function readOld(text: string): ParsedSdl | undefined {
  const old = withoutOldSdl(text);
  if (old === undefined) return undefined;
  const document = read(old.text);
  if ('problem' in document) return undefined;
  const { offset, length } = old;
  const message = `This is SDL from an earlier edition of GraphQL, which is still read. Today ${old.today}.`;
  return { document, problem: { message, offset, length, severity: 'hint' } };
}

/** Both sides of a merge conflict are read, so that nothing of either counts as missing. */
function readAround(text: string): ParsedSdl | undefined {
  const foreign = foreignLines(text, 'graphql');
  if (foreign === undefined) return undefined;
  const document = read(foreign.allAlternatives);
  const { message, offset, length } = foreign;
  return {
    document: 'problem' in document ? undefined : document,
    problem: { message, offset, length, severity: 'error' },
  };
}

function read(text: string): DocumentNode | { readonly problem: SdlProblem } {
  try {
    return parse(text);
  } catch (error) {
    const offset = error instanceof GraphQLError ? (error.positions?.[0] ?? 0) : 0;
    const word = /^(?:\w+|[^\s\w])/.exec(text.slice(offset, offset + 200));
    return {
      problem: {
        message: `This is not valid GraphQL SDL. ${errorMessage(error)}`,
        offset: Math.min(offset, text.length),
        length: word?.[0].length ?? 0,
        severity: 'error',
      },
    };
  }
}
