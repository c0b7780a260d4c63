import { type LogOutputChannel, type ViewColumn, window } from 'vscode';
import { cutText } from '../../../common/src/boundedText.ts';
import { logText } from '../../../common/src/foreignText.ts';

const mostKept = 100;
/** More than is shown of an entry: what is cut off can't be a part of a secret that shows. */
const longestKept = 20_000;

/** What was written last, without what only the level Trace shows: whole documents. */
class LastEntries {
  readonly #entries: string[] = [];

  get all(): readonly string[] {
    return this.#entries;
  }

  add(level: string, texts: readonly unknown[]): void {
    const text = texts.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(' ');
    this.#entries.push(cutText(`${new Date().toISOString()} [${level}] ${text}`, longestKept));
    if (this.#entries.length > mostKept) this.#entries.shift();
  }
}

export interface Log extends LogOutputChannel {
  /** What was written last, an entry each. It may hold what belongs to the user alone. */
  readonly lastEntries: readonly string[];
}

/** The log of the extension. Whatever is written into it, one entry can't pass for several. */
export function createLog(name: string): Log {
  const channel = window.createOutputChannel(name, { log: true });
  const last = new LastEntries();
  const write = (
    level: 'debug' | 'info' | 'warn' | 'error',
    text: string,
    more: readonly unknown[],
  ): void => {
    const texts = [logText(text), ...more.map(neutral)] as const;
    last.add(level, texts);
    channel[level](...texts);
  };
  return {
    name,
    get lastEntries() {
      return last.all;
    },
    get logLevel() {
      return channel.logLevel;
    },
    onDidChangeLogLevel: channel.onDidChangeLogLevel,
    trace: (text, ...more) => channel.trace(logText(text), ...more.map(neutral)),
    debug: (text, ...more) => write('debug', text, more),
    info: (text, ...more) => write('info', text, more),
    warn: (text, ...more) => write('warn', text, more),
    error: (error, ...more) =>
      write('error', error instanceof Error ? (error.stack ?? error.message) : error, more),
    append: (text) => channel.append(logText(text)),
    appendLine: (text) => channel.appendLine(logText(text)),
    replace: (text) => channel.replace(logText(text)),
    clear: () => channel.clear(),
    show: (column?: ViewColumn | boolean, preserveFocus?: boolean) =>
      channel.show(typeof column === 'boolean' ? column : preserveFocus),
    hide: () => channel.hide(),
    dispose: () => channel.dispose(),
  };
}

/** VS Code writes other values out as JSON, which has no line breaks of theirs. */
function neutral(value: unknown): unknown {
  return typeof value === 'string' ? logText(value) : value;
}
