import { createTwoFilesPatch } from 'diff';
import type { ChangeEnvironment } from '../../../../common/src/metadataApi/change/environment.ts';
import type { Question, ShownChange } from '../../../../common/src/metadataApi/plan/question.ts';
import type { Person } from '../endpointConsent.ts';
import type { Line } from '../terminal.ts';

/** Who agrees to a change on a command line: its options, else the person at the terminal. */
export interface Agreement {
  /** Says what would be done and does nothing. */
  readonly dryRun: boolean;
  /** Agrees to what was asked for, to nothing that is out of order. */
  readonly yes: boolean;
  /** The protected host that is agreed to. */
  readonly protectedHost: string | undefined;
  /** Asks at the terminal; `undefined`: there is none. */
  readonly person: Person | undefined;
  note(...lines: readonly Line[]): void;
}

/** Asks as `ChangeEnvironment` wants it. */
export function askBy(agreement: Agreement): ChangeEnvironment['ask'] {
  return async (question, host) => {
    agreement.note(...questionLines(question));
    if (agreement.dryRun) {
      agreement.note('Nothing was sent: this was a dry run.');
      return false;
    }
    return host === undefined ? agreesTo(question, agreement) : namesHost(question, host, agreement);
  };
}

/**
 * Asks about what is out of order, before a plan is made: a dry run only says it and goes on, to say what would be done. For
 * questions alone after which nothing is sent without another one.
 */
export function askBeforehandBy(agreement: Agreement): (question: Question) => Promise<boolean> {
  const ask = askBy(agreement);
  return async (question) => {
    if (agreement.dryRun) {
      agreement.note(...questionLines(question));
      return true;
    }
    const agreed = await ask(question, undefined);
    if (!agreed && agreement.person === undefined) {
      agreement.note('Correct them, choose others with --name or by their paths, or confirm in a terminal.');
    }
    return agreed;
  };
}

async function agreesTo({ verb, exceptional }: Question, { yes, person, note }: Agreement): Promise<boolean> {
  if (yes && exceptional !== true) return true;
  if (person === undefined) {
    note(
      exceptional === true
        ? 'Nothing was sent: --yes does not cover this.'
        : 'Nothing was sent: without a terminal, confirm with --yes.',
    );
    return false;
  }
  return (await person.agrees(`${verb}? (yes/no) `)) ?? false;
}

/** A protected host is named by whoever changes something there, on the command line or at the terminal. */
async function namesHost(
  { verb, exceptional }: Question,
  host: string,
  { yes, protectedHost, person, note }: Agreement,
): Promise<boolean> {
  if (yes && exceptional !== true && protectedHost === host) return true;
  if (person === undefined) {
    note(
      exceptional === true
        ? 'Nothing was sent: --yes does not cover this.'
        : `Nothing was sent: ${host} is protected; confirm with --yes --protected ${host}.`,
    );
    return false;
  }
  if ((await person.names(`${verb}: type ${host} to confirm, anything else to cancel: `))?.trim() === host) {
    return true;
  }
  note('Nothing was sent.');
  return false;
}

function questionLines({ message, details, changes = [] }: Question): readonly Line[] {
  return [message, ...details.map((detail) => `  ${detail}`), ...changes.flatMap(changeLines)];
}

/** What the server has and what it will have, as a diff. */
function changeLines({ name, owner, now, after }: ShownChange): readonly Line[] {
  const textOf = (value: unknown): string =>
    value === undefined ? '' : `${JSON.stringify(value, null, 2)}\n`;
  const patch = createTwoFilesPatch('', '', textOf(now), textOf(after), undefined, undefined, {
    context: 3,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: false },
  });
  const lines = patch.split('\n').filter((line) => line !== '' && !line.startsWith('@@'));
  return [
    `  "${name}" of ${owner}:`,
    ...lines.map((line): Line => {
      if (line.startsWith('+')) return ['    ', ['green', line]];
      return line.startsWith('-') ? ['    ', ['red', line]] : `    ${line}`;
    }),
  ];
}
