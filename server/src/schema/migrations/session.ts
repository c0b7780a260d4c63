import type { RangeVar } from 'libpg-query';
import type { Catalogue, QualifiedName } from './catalogue.ts';
import type { SqlOrigin } from './replayedDatabase.ts';
import type { SqlParser } from './sqlParser.ts';

/** What interpreting a statement needs. */
export interface Session {
  readonly catalogue: Catalogue;
  readonly parser: SqlParser;
  /** Where something of the statement is written; its beginning without a location. */
  readonly origin: (byte: number | undefined) => SqlOrigin;
  /** How many statements run other statements around this one. */
  readonly depth: number;
}

export function rangeName(range: RangeVar | undefined): QualifiedName {
  return { schema: range?.schemaname, name: range?.relname ?? '' };
}

/** Interprets with what is done counted on by nobody, as it may not have run. */
export function uncertainly(catalogue: Catalogue, interpret: () => void): void {
  const before = catalogue.uncertain;
  catalogue.uncertain = true;
  try {
    interpret();
  } finally {
    catalogue.uncertain = before;
  }
}
