import { knownValue } from '../../catalogue/catalogue.ts';
import { type DocumentContext, joinsAsWritten } from '../../join/documentContext.ts';
import type { Join, RemoteSchemaJoin, ValueStep } from '../../join/joinPath.ts';
import { argumentsOf, partsOf } from '../../join/surroundings.ts';
import { contentRange, type TextRange } from '../../syntax/textRange.ts';
import type { SyntaxNode } from '../../syntax/tree.ts';
import { tableNameNode } from '../navigation/references.ts';

/** By the names that the protocol has for kinds of names. */
export type TokenType = 'variable' | 'property' | 'parameter' | 'class';

/** A name in a document, and what it is: a column, a remote field, an argument or a table. */
export interface SemanticToken extends TextRange {
  readonly type: TokenType;
  /** The schema says that it is not to be used any more. */
  readonly deprecated: boolean;
}

/** Kept as long as the document and what is known are the same: an editor asks anew as it scrolls. */
const known = new WeakMap<DocumentContext, readonly SemanticToken[]>();

/** The names that a document joins on and asks for, in the order of the text; none overlaps another, none spans lines. */
export function semanticTokens(context: DocumentContext): readonly SemanticToken[] {
  const found = known.get(context) ?? new Collector(context).tokens();
  known.set(context, found);
  return found;
}

class Collector {
  readonly #context: DocumentContext;
  /** By where they begin: what several relationships share by an anchor is met several times. */
  readonly #found = new Map<number, SemanticToken>();

  constructor(context: DocumentContext) {
    this.#context = context;
  }

  tokens(): readonly SemanticToken[] {
    for (const { table } of this.#context.model.tables) {
      if (table.state === 'present') this.#add(tableNameNode(table.node), 'class');
    }
    for (const { owner, request } of this.#context.model.relationships) {
      if (request === undefined || owner.kind !== 'table' || owner.table.state !== 'present') continue;
      this.#add(tableNameNode(owner.table.node), 'class');
    }
    for (const join of joinsAsWritten(this.#context)) this.#join(join);
    const sorted = [...this.#found.values()].toSorted((a, b) => a.offset - b.offset);
    return sorted.filter(({ offset }, index) => {
      const before = sorted[index - 1];
      return before === undefined || before.offset + before.length <= offset;
    });
  }

  #join(join: Join): void {
    if (join.kind === 'to-remote-schema') {
      for (const { name } of join.lhsFields) this.#add(name.node, 'variable');
      this.#path(join);
      return;
    }
    const { table } = join.definition;
    if (table.state === 'present') this.#add(tableNameNode(table.node), 'class');
    for (const { entry } of join.pairs) {
      this.#add(entry.lhs.node, 'variable');
      if (entry.column !== undefined) this.#add(entry.column.node, 'variable');
    }
  }

  #path(join: RemoteSchemaJoin): void {
    for (const { step, field } of join.path) {
      this.#add(step.name.node, 'property', knownValue(field)?.deprecationReason !== undefined);
    }
    for (const { argument } of argumentsOf(join)) {
      const deprecated = knownValue(argument.definition)?.deprecationReason !== undefined;
      this.#add(argument.argument.name.node, 'parameter', deprecated);
      for (const part of partsOf(argument.value)) this.#value(part);
    }
  }

  #value({ value }: ValueStep): void {
    if (value.kind === 'variable') this.#add(value.node, 'variable');
  }

  #add(node: SyntaxNode, type: TokenType, deprecated = false): void {
    // An alias is no name, and of a text over several lines no part is one.
    if (node.aliasOf !== undefined || node.unresolved || node.kind !== 'string') return;
    const { offset, length } = contentRange(node);
    if (length === 0 || /[\r\n]/.test(this.#context.tree.text.slice(offset, offset + length))) return;
    if (!this.#found.has(offset)) this.#found.set(offset, { offset, length, type, deprecated });
  }
}
