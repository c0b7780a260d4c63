import { type LogOutputChannel, type ViewColumn, window } from 'vscode';
import { logText } from '../../../common/src/foreignText.ts';

/** The log of the extension. Whatever is written into it, one entry can't pass for several. */
export function createLog(name: string): LogOutputChannel {
  const channel = window.createOutputChannel(name, { log: true });
  return {
    name,
    get logLevel() {
      return channel.logLevel;
    },
    onDidChangeLogLevel: channel.onDidChangeLogLevel,
    trace: (text, ...more) => channel.trace(logText(text), ...more.map(neutral)),
    debug: (text, ...more) => channel.debug(logText(text), ...more.map(neutral)),
    info: (text, ...more) => channel.info(logText(text), ...more.map(neutral)),
    warn: (text, ...more) => channel.warn(logText(text), ...more.map(neutral)),
    error: (error, ...more) =>
      channel.error(
        logText(error instanceof Error ? (error.stack ?? error.message) : error),
        ...more.map(neutral),
      ),
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
