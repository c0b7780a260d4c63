import { spoilNamed } from './brokenStatement.ts';
import { type Catalogue, markWild, newCatalogue } from './catalogue.ts';
import { dropRelation } from './drop.ts';
import { interpret } from './interpret.ts';
import { Origins } from './origins.ts';
import type { ReplayedDatabase, SqlFile, SqlProblem } from './replayedDatabase.ts';
import { databaseLeft } from './result.ts';
import { resetPath } from './searchPath.ts';
import { mayBeDdl, type SqlStatement, splitStatements } from './splitStatements.ts';
import type { SqlParser } from './sqlParser.ts';

/**
 * Reads texts of SQL one after another, and says what they leave behind. `copy` keeps a state to go on from: when the last text
 * changes, that one alone is read again. What `result` gives is plain data that can be written as JSON; a state cannot.
 */
export class Replay {
  readonly #parser: SqlParser;
  #catalogue: Catalogue;
  readonly #problems: SqlProblem[];

  constructor(parser: SqlParser) {
    this.#parser = parser;
    this.#catalogue = newCatalogue();
    this.#problems = [];
  }

  /** Nothing in the text makes it throw. */
  read(file: SqlFile): void {
    const origins = new Origins(file);
    let problem: SqlProblem | undefined;
    const savepoints = new Savepoints();
    resetPath(this.#catalogue.searchPath);
    for (const statement of splitStatements(file.text)) {
      this.#catalogue = savepoints.follow(statement, this.#catalogue);
      if (!mayBeDdl(statement)) {
        if (statement.unclosed) markWild(this.#catalogue);
        continue;
      }
      const found = this.#run(statement, origins);
      problem ??= found && {
        uri: file.uri,
        offset: file.offset + found.offset,
        length: origins.lengthAt(found.offset),
        message: found.message,
      };
    }
    if (problem) this.#problems.push(problem);
    this.#endSession();
  }

  copy(): Replay {
    const copy = new Replay(this.#parser);
    copy.#catalogue = structuredClone(this.#catalogue);
    copy.#problems.push(...this.#problems);
    return copy;
  }

  result(): ReplayedDatabase {
    return databaseLeft(this.#catalogue, this.#problems);
  }

  #run(statement: SqlStatement, origins: Origins): { offset: number; message: string } | undefined {
    const catalogue = this.#catalogue;
    const parsed = this.#parser.parse(statement.text);
    if ('message' in parsed) {
      spoilNamed(catalogue, this.#parser, statement);
      return { offset: statement.offset + parsed.offset, message: parsed.message };
    }
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
    for (const relation of [...catalogue.relations.values()]) {
      if (relation.temporary) dropRelation(catalogue, relation);
    }
    if (catalogue.alwaysWild) markWild(catalogue);
  }
}

const mostSavepoints = 16;

/** BEGIN, SAVEPOINT and ROLLBACK: states to go back to. */
class Savepoints {
  readonly #kept: { readonly name: string; readonly state: Catalogue }[] = [];
  #lost = false;

  /** The state after the statement. */
  follow({ firstWord, text }: SqlStatement, state: Catalogue): Catalogue {
    switch (firstWord) {
      case 'BEGIN':
      case 'START':
        this.#keep('', state);
        return state;
      case 'SAVEPOINT':
        this.#keep(savepointName(text), state);
        return state;
      case 'COMMIT':
      case 'END':
        this.#kept.length = 0;
        return state;
      case 'ROLLBACK':
      case 'ABORT':
        return this.#back(/\bto\b/i.test(text) ? savepointName(text) : '', state);
      default:
        return state;
    }
  }

  #keep(name: string, state: Catalogue): void {
    if (this.#kept.length < mostSavepoints) this.#kept.push({ name, state: structuredClone(state) });
    else this.#lost = true;
  }

  #back(name: string, state: Catalogue): Catalogue {
    const index = this.#kept.findLastIndex((kept) => kept.name === name);
    const found = this.#kept[index];
    if (!found || this.#lost) {
      markWild(state);
      return state;
    }
    this.#kept.length = name === '' ? index : index + 1;
    return name === '' ? found.state : structuredClone(found.state);
  }
}

function savepointName(text: string): string {
  return text.trim().split(/\s+/).at(-1) ?? '';
}
