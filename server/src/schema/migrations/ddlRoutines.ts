import { type Catalogue, forgetGone, markWild } from './catalogue.ts';
import type { SqlStatement } from './splitStatements.ts';
import { callsOfUnknown, mayMakeAnything, wordsCalled } from './unknownCalls.ts';

/** A function that calls one that changes tables changes tables; which of several of a name is called is not told apart. */
export function noteRoutine(catalogue: Catalogue, written: string, text: string, runsDdl: boolean): void {
  const name = written.toLowerCase();
  const calls = catalogue.routineCalls.get(name) ?? new Set();
  for (const call of wordsCalled(text)) calls.add(call);
  catalogue.routineCalls.set(name, calls);
  if (runsDdl || [...calls].some((call) => catalogue.ddlRoutines.has(call))) addName(catalogue, name);
}

function addName(catalogue: Catalogue, first: string): void {
  const rest = [first];
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    if (catalogue.ddlRoutines.has(name)) continue;
    catalogue.ddlRoutines.add(name);
    if (catalogue.calledLater.has(name)) staysWild(catalogue);
    for (const [caller, calls] of catalogue.routineCalls) if (calls.has(name)) rest.push(caller);
  }
}

function staysWild(catalogue: Catalogue): void {
  catalogue.alwaysWild = true;
  markWild(catalogue);
}

/** Statements that name a function without calling it. */
const namesOnly =
  /^(?:comment|grant|revoke|security|drop|(?:create|alter)\s+(?:or\s+replace\s+)?(?:function|procedure|routine|aggregate))\b/i;

/** Triggers, defaults, views, cursors and prepared statements call when others run. */
const callsLater = new Set(['CREATE', 'ALTER', 'PREPARE', 'DECLARE']);

/** What a statement does by the functions it calls, wherever they stand in it. */
export function followCalls(catalogue: Catalogue, { text, firstWord }: SqlStatement): void {
  if (namesOnly.test(text)) {
    const renamed = /\brename\s+to\s+"?([\w$\x80-\uffff]+)/i.exec(text)?.[1];
    if (renamed !== undefined && mentions(catalogue, text)) addName(catalogue, renamed.toLowerCase());
    return;
  }
  const isLater = callsLater.has(firstWord);
  if (isLater) for (const call of wordsCalled(text)) catalogue.calledLater.add(call);
  followUnknown(catalogue, text, isLater);
  if (!mentions(catalogue, text)) return;
  if (isLater) staysWild(catalogue);
  else markWild(catalogue);
}

/** A function that no migration made may make again what was taken away. */
function followUnknown(catalogue: Catalogue, text: string, isLater: boolean): void {
  if (catalogue.unknownLater && !isLater) forgetGone(catalogue);
  if (!(isLater ? !catalogue.unknownLater || catalogue.hasGone : catalogue.hasGone)) return;
  if (!mayMakeAnything(catalogue, callsOfUnknown(text))) return;
  forgetGone(catalogue);
  if (isLater) catalogue.unknownLater = true;
}

const patterns = new WeakMap<Catalogue['ddlRoutines'], { readonly size: number; readonly pattern: RegExp }>();

function mentions({ ddlRoutines }: Catalogue, text: string): boolean {
  if (ddlRoutines.size === 0) return false;
  let known = patterns.get(ddlRoutines);
  if (known?.size !== ddlRoutines.size) {
    const names = [...ddlRoutines].map((name) => name.replace(/[^\w\x80-\uffff]/g, '\\$&')).join('|');
    known = {
      size: ddlRoutines.size,
      pattern: new RegExp(`(?<![\\w$\\x80-\\uffff])(?:${names})(?![\\w$\\x80-\\uffff])`, 'i'),
    };
    patterns.set(ddlRoutines, known);
  }
  return known.pattern.test(text);
}
