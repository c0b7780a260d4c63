import type { Release } from '../endpoint/release.ts';
import type { Case, Verdict } from './case.ts';
import type { Findings } from './languageService.ts';
import { comparable, ruleOfText } from './rulesOfTexts.ts';

/** What both sides say of a case. */
export interface Opinions {
  readonly asked: Case;
  /** The release the server plays; `undefined` for the newest. */
  readonly release: Release | undefined;
  /** Names of the world's relationships that the server found wrong before it was asked. */
  readonly wrongBefore: readonly string[];
  readonly server: Verdict;
  readonly service: Findings;
}

/**
 * `rules`: of what only one side says, the codes of the findings or the rule the server's text is about.
 */
export interface Disagreement extends Opinions {
  readonly refusedBy: 'server' | 'language service';
  readonly rules: readonly string[];
}

export function disagreementOf(opinions: Opinions): Disagreement | undefined {
  const { server, service } = opinions;
  if (server.refused === service.refused) return undefined;
  return server.refused
    ? { ...opinions, refusedBy: 'server', rules: server.texts.map(ruleOfText) }
    : { ...opinions, refusedBy: 'language service', rules: service.refusals.map(({ code }) => code) };
}

/**
 * Whether the server says something that no finding foretells. Not counted where a finding foretells no text, as those do
 * that are about what the server's libraries say. The server says the first of several mistakes alone.
 */
function saysOtherwise({ server, service }: Opinions): boolean {
  if (!server.refused || service.refusals.some(({ serverMessage }) => serverMessage === undefined))
    return false;
  const told = new Set(service.texts.map(comparable));
  return told.size > 0 && !server.texts.some((text) => told.has(comparable(text)));
}

class Count {
  cases = 0;
  disagreed = 0;
  otherTexts = 0;
}

/** How often the sides agreed, by the rules that had something to say. */
export class Tally {
  cases = 0;
  agreedToAccept = 0;
  agreedToRefuse = 0;
  disagreed = 0;
  readonly #codes = new Map<string, Count>();
  readonly #rules = new Map<string, Count>();

  add(opinions: Opinions): void {
    const { server, service } = opinions;
    const disagreed = server.refused !== service.refused;
    const otherText = saysOtherwise(opinions);
    this.cases++;
    if (disagreed) this.disagreed++;
    else if (server.refused) this.agreedToRefuse++;
    else this.agreedToAccept++;
    count(
      this.#codes,
      service.refusals.map(({ code }) => code),
      disagreed,
      otherText,
    );
    count(this.#rules, server.texts.map(ruleOfText), disagreed, otherText);
  }

  /** Codes of findings that said something was refused. */
  get saidRefused(): ReadonlySet<string> {
    return new Set(this.#codes.keys());
  }

  /** A table for people. */
  toString(): string {
    return [
      `${this.cases} cases: both accept ${this.agreedToAccept}, both refuse ${this.agreedToRefuse}, they disagree about ${this.disagreed}.`,
      ...section('rule of the language service', this.#codes),
      ...section('rule of the specification the server refused by', this.#rules),
    ].join('\n');
  }
}

function count(
  counts: Map<string, Count>,
  rules: readonly string[],
  disagreed: boolean,
  otherText: boolean,
): void {
  for (const rule of new Set(rules)) {
    const of = counts.get(rule) ?? new Count();
    counts.set(rule, of);
    of.cases++;
    if (disagreed) of.disagreed++;
    if (otherText) of.otherTexts++;
  }
}

function section(title: string, counts: ReadonlyMap<string, Count>): readonly string[] {
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.min(40, Math.max(...rows.map(([rule]) => rule.length), 0));
  const line = (rule: string, ...cells: readonly (string | number)[]) =>
    `  ${rule.padEnd(width)}${cells.map((cell) => String(cell).padStart(12)).join('')}`;
  return [
    '',
    `By ${title}:`,
    line('', 'cases', 'agreed', 'disagreed', 'other text'),
    ...rows.map(([rule, of]) => line(rule, of.cases, of.cases - of.disagreed, of.disagreed, of.otherTexts)),
  ];
}
