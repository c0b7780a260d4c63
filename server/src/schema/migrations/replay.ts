import { spoilNamed } from './brokenStatement.ts';
import { type Catalogue, isExhausted, markWild, newCatalogue, type Relation } from './catalogue.ts';
import { copyCatalogue } from './copyCatalogue.ts';
import { followCalls } from './ddlRoutines.ts';
import { dropRelation } from './drop.ts';
import { interpret } from './interpret.ts';
import { keepGoneThroughText } from './keepsGone.ts';
import { Origins } from './origins.ts';
import { parseTogether } from './parseTogether.ts';
import type { ReplayedDatabase, SqlFile, SqlProblem } from './replayedDatabase.ts';
import { databaseLeft } from './result.ts';
import { ddlWords } from './routines.ts';
import { beginTransaction, endTransaction, leavePath, resetPath } from './searchPath.ts';
import { mayBeDdl, psqlCommand, type SqlStatement, splitStatements } from './splitStatements.ts';
import type { ParsedSql, SqlParser } from './sqlParser.ts';

/**
 * Reads texts of SQL one after another, and says what they leave behind. `copy` keeps a state to go on from: when the last text
 * changes, that one alone is read again. What `result` gives is plain data that can be written as JSON; a state cannot.
 */
export class Replay {
  readonly #parser: SqlParser;
  #catalogue: Catalogue;
  readonly #problems: SqlProblem[];
  /** It was too much to follow: nothing is known then. */
  #isGivenUp = false;

  constructor(parser: SqlParser) {
    this.#parser = parser;
    this.#catalogue = newCatalogue();
    this.#problems = [];
  }

  /** Nothing in the text makes it throw. */
  read(file: SqlFile): void {
    if (this.#isGivenUp) return;
    const origins = new Origins(file);
    let problem: SqlProblem | undefined;
    const statements = splitStatements(file.text);
    const savepoints = new Savepoints(statements);
    const ddl = statements.filter((one) => isSql(one) && mayBeDdl(one) && !one.unclosed);
    const parsed = parseTogether(this.#parser, ddl);
    resetPath(this.#catalogue);
    for (const [index, statement] of statements.entries()) {
      this.#follow(savepoints, index);
      const found = this.#read(statement, parsed.get(statement), origins);
      problem ??= found && {
        uri: file.uri,
        offset: file.offset + found.offset,
        length: origins.lengthAt(found.offset),
        message: found.message,
      };
      if (isExhausted(this.#catalogue)) {
        this.#giveUp(file, origins, statement);
        return;
      }
    }
    if (problem) this.#problems.push(problem);
    this.#endSession();
  }

  #follow(savepoints: Savepoints, index: number): void {
    const before = this.#catalogue;
    this.#catalogue = savepoints.follow(index, before);
    // What was rolled back was followed, too.
    this.#catalogue.effort = Math.max(this.#catalogue.effort, before.effort);
  }

  #giveUp({ uri, offset }: SqlFile, origins: Origins, statement: SqlStatement): void {
    this.#isGivenUp = true;
    this.#catalogue = newCatalogue();
    this.#problems.push({
      uri,
      offset: offset + statement.offset,
      length: origins.lengthAt(statement.offset),
      message:
        'the SQL up to this statement makes more than can be followed, so nothing is known by any of it',
    });
  }

  copy(): Replay {
    const copy = new Replay(this.#parser);
    copy.#catalogue = copyCatalogue(this.#catalogue);
    copy.#problems.push(...this.#problems);
    copy.#isGivenUp = this.#isGivenUp;
    return copy;
  }

  result(): ReplayedDatabase {
    return databaseLeft(this.#catalogue, this.#problems);
  }

  #read(statement: SqlStatement, known: ParsedSql | undefined, origins: Origins): Problem | undefined {
    const catalogue = this.#catalogue;
    if (!isSql(statement)) {
      this.#psql(statement.text);
      return undefined;
    }
    if (statement.unclosed) {
      markWild(catalogue);
      const { unclosedAt } = statement;
      return unclosedAt && { offset: unclosedAt.offset, message: `unterminated ${unclosedAt.kind}` };
    }
    const problem = mayBeDdl(statement) ? this.#run(statement, known, origins) : undefined;
    followCalls(catalogue, statement);
    keepGoneThroughText(catalogue, statement);
    this.#followSession(statement);
    return problem;
  }

  /** What a statement does by other means than DDL, and to the session. */
  #followSession({ text, firstWord }: SqlStatement): void {
    const catalogue = this.#catalogue;
    if (firstWord === 'DISCARD') {
      dropTemporary(catalogue);
      if (/\ball\b/i.test(text)) resetPath(catalogue);
    }
    if (firstWord === 'PREPARE' && /^prepare\s+transaction\b/i.test(text)) markWild(catalogue);
    if (writers.has(firstWord) && systemTables.test(text)) markWild(catalogue);
    if (/search_path/i.test(text)) {
      if (/\balter\s+(?:role|user|database|system)\b/i.test(text)) catalogue.pathAlwaysUnknown = true;
      else if (!mayBeDdl({ firstWord })) catalogue.pathUnknown = true;
    }
    // Outside of a transaction it is gone at once, or at the end of all that is sent with it.
    if (catalogue.pathAfter === undefined && /\bon\s+commit\s+drop\b/i.test(text))
      catalogue.pathUnknown = true;
    if (catalogue.pathUnknown && (ddlWords.test(text) || /\binto\b/i.test(text))) markWild(catalogue);
  }

  /** psql may run texts that are not here, or leave out some that are. */
  #psql(text: string): void {
    const [connect] = /^\\c(?:onnect)?(?![a-z])/i.exec(text) ?? [];
    if (connect === undefined || text.slice(connect.length).trim() !== '') markWild(this.#catalogue);
    if (connect === undefined) return;
    dropTemporary(this.#catalogue);
    resetPath(this.#catalogue);
  }

  #run(statement: SqlStatement, known: ParsedSql | undefined, origins: Origins): Problem | undefined {
    const catalogue = this.#catalogue;
    const parsed = known ?? this.#parser.parse(statement.text);
    if ('message' in parsed) {
      spoilNamed(catalogue, this.#parser, statement);
      return { offset: statement.offset + parsed.offset, message: parsed.message };
    }
    catalogue.at = origins.at(statement.offset);
    for (const node of parsed.statements) {
      try {
        interpret(
          {
            catalogue,
            parser: this.#parser,
            text: statement.text,
            origin: (byte) => origins.at(statement.offset + parsed.at(Math.max(0, byte ?? 0))),
            originAt: (offset) => origins.at(statement.offset + offset),
            interpret,
            depth: 0,
            attempting: false,
          },
          node,
        );
      } catch {
        // Nested deeper than the stack: whatever it did is not known.
        catalogue.uncertain = false;
        markWild(catalogue);
      }
    }
    return undefined;
  }

  #endSession(): void {
    const catalogue = this.#catalogue;
    catalogue.at = undefined;
    leavePath(catalogue);
    dropTemporary(catalogue);
    if (catalogue.alwaysWild) markWild(catalogue);
  }
}

function isSql({ firstWord }: SqlStatement): boolean {
  return firstWord !== psqlCommand;
}

interface Problem {
  readonly offset: number;
  readonly message: string;
}

const writers = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'WITH', 'COPY']);

const systemTables = /\bpg_(?:attribute|class|namespace|inherits|type)\b/i;

function dropTemporary(catalogue: Catalogue, which: (relation: Relation) => boolean = () => true): void {
  for (const relation of catalogue.relations.values()) {
    if (relation.temporary && which(relation)) dropRelation(catalogue, relation);
  }
}

const mostSavepoints = 16;

interface Savepoint {
  readonly name: string | undefined;
  /** Kept at the first statement that changes something, when it is gone back to at all. */
  state: Catalogue | undefined;
}

/** BEGIN, SAVEPOINT and ROLLBACK: states to go back to. */
class Savepoints {
  readonly #statements: readonly SqlStatement[];
  /** For each statement, whether a ROLLBACK comes before the end of its transaction. */
  readonly #rollsBack: boolean[] = [];
  readonly #kept: Savepoint[] = [];
  #lost = false;

  constructor(statements: readonly SqlStatement[]) {
    this.#statements = statements;
    let rollsBack = false;
    for (const { firstWord } of [...statements].reverse()) {
      if (firstWord === 'ROLLBACK' || firstWord === 'ABORT') rollsBack = true;
      else if (firstWord === 'COMMIT' || firstWord === 'END') rollsBack = false;
      this.#rollsBack.push(rollsBack);
    }
    this.#rollsBack.reverse();
  }

  /** The state before the statement is run, or after it when it is one of these. */
  follow(index: number, state: Catalogue): Catalogue {
    const statement = this.#statements[index];
    if (!statement) return state;
    const { firstWord, text } = statement;
    switch (firstWord) {
      case 'BEGIN':
      case 'START':
        // In a transaction it does nothing.
        if (this.#kept[0]?.name !== '') this.#keep('');
        beginTransaction(state);
        return state;
      case 'SAVEPOINT':
        this.#keep(savepointName(text));
        return state;
      case 'COMMIT':
      case 'END':
        this.#kept.length = 0;
        endTransaction(state);
        dropTemporary(state, ({ untilCommit }) => untilCommit);
        return state;
      case 'RELEASE':
        this.#release(savepointName(text));
        return state;
      case 'ROLLBACK':
      case 'ABORT':
        return this.#back(text, state);
      default:
        if (mayBeDdl(statement) && this.#rollsBack[index] === true) this.#beforeChange(state);
        return state;
    }
  }

  #keep(name: string | undefined): void {
    if (this.#kept.length < mostSavepoints) this.#kept.push({ name, state: undefined });
    else this.#lost = true;
  }

  /** It and all after it are there no more. */
  #release(name: string | undefined): void {
    const index = this.#kept.findLastIndex((kept) => kept.name === name);
    if (name === undefined || name === '' || index === -1) this.#lost = true;
    else this.#kept.length = index;
  }

  #beforeChange(state: Catalogue): void {
    let copy: Catalogue | undefined;
    for (const kept of this.#kept) {
      if (kept.state) continue;
      copy ??= copied(state);
      kept.state = copy;
    }
  }

  #back(text: string, state: Catalogue): Catalogue {
    const isCertain = !hasComment(text);
    const name = /\bto\b/i.test(text) ? savepointName(text) : '';
    const index = this.#kept.findLastIndex((kept) => kept.name === name);
    const found = this.#kept[index];
    if (!found || this.#lost || !isCertain) {
      markWild(state);
      state.pathUnknown = true;
      return state;
    }
    this.#kept.length = name === '' ? index : index + 1;
    // Nothing has changed since when none was kept.
    const before = found.state ?? state;
    if (name !== '') return found.state ? copied(before) : state;
    endTransaction(before);
    return before;
  }
}

function copied(state: Catalogue): Catalogue {
  state.effort += state.nextId;
  return copyCatalogue(state);
}

function hasComment(text: string): boolean {
  return text.includes('--') || text.includes('/*');
}

/** `undefined` when it is not certain. */
function savepointName(text: string): string | undefined {
  const name = text.trim().split(/\s+/).at(-1) ?? '';
  if (hasComment(text)) return undefined;
  return /^"[a-z_][a-z_\d$]*"$/.test(name)
    ? name.slice(1, -1)
    : name.startsWith('"')
      ? name
      : name.toLowerCase();
}
