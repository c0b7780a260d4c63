import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { errorMessage } from '../../../common/src/errorMessage.ts';
import { deepestNesting, tooDeepAt } from '../../../common/src/nesting.ts';

/** The document, or what is wrong with it and where (UTF-16 units). */
export type ParsedSdl =
  | { readonly document: DocumentNode; readonly error: undefined }
  | {
      readonly document: undefined;
      readonly error: { readonly message: string; readonly offset: number; readonly length: number };
    };

/** Parses GraphQL SDL; never throws. */
export function parseSdl(text: string): ParsedSdl {
  const deepAt = tooDeepAt(text, 'graphql');
  if (deepAt !== undefined) {
    const message = `This is nested deeper than ${deepestNesting} levels.`;
    return { document: undefined, error: { message, offset: deepAt, length: 1 } };
  }
  try {
    return { document: parse(text), error: undefined };
  } catch (error) {
    const offset = error instanceof GraphQLError ? (error.positions?.[0] ?? 0) : 0;
    const word = /^(?:\w+|[^\s\w])/.exec(text.slice(offset, offset + 200));
    const message = errorMessage(error);
    return {
      document: undefined,
      error: {
        message: `This is not valid GraphQL SDL. ${message}`,
        offset: Math.min(offset, text.length),
        length: word?.[0].length ?? 0,
      },
    };
  }
}
