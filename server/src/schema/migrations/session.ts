import type { Node, RangeVar } from 'libpg-query';
import type { Catalogue, QualifiedName } from './catalogue.ts';
import type { SqlOrigin } from './replayedDatabase.ts';
import type { SqlParser } from './sqlParser.ts';

/** What interpreting a statement needs. */
export interface Session {
  readonly catalogue: Catalogue;
  readonly parser: SqlParser;
  /** The statement as it is written. */
  readonly text: string;
  /** Where something of the statement is written; its beginning without a location. */
  readonly origin: (byte: number | undefined) => SqlOrigin;
  /** The same by an offset in the text. */
  readonly originAt: (offset: number) => SqlOrigin;
  /** What another statement runs: a DO block, a CREATE SCHEMA. */
  readonly interpret: (session: Session, statement: Node) => void;
  /** How many statements run other statements around this one. */
  readonly depth: number;
  /** A failure is caught: what contradicts what is known shows that the statement fails. */
  readonly attempting: boolean;
}

/** Thrown where a statement fails and an exception handler is there for it. */
export class StatementFails extends Error {}

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

/** Runs what is known for certain to be needed by something that is uncertain itself. */
export function certainly(catalogue: Catalogue, interpret: () => void): void {
  const before = catalogue.uncertain;
  catalogue.uncertain = false;
  try {
    interpret();
  } finally {
    catalogue.uncertain = before;
  }
}
