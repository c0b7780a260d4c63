import {
  type Connection,
  ErrorCodes,
  type InitializeResult,
  ResponseError,
} from 'vscode-languageserver/node';
import { version } from '../../../package.json';
import { capabilitiesFor } from './capabilities.ts';
import { clientOf, supportOf } from './client.ts';
import { LanguageServer } from './languageServer.ts';

/**
 * Answers `initialize` with as little as possible loaded; the rest of the program is loaded, and the projects are
 * read, after that.
 */
export function startServer(connection: Connection): void {
  let server: LanguageServer | undefined;
  // Whatever else is asked before `initialize` has no handler yet, and what has none afterwards never will.
  connection.onRequest((method: string) =>
    server === undefined
      ? new ResponseError(ErrorCodes.ServerNotInitialized, `"${method}" was asked before "initialize".`)
      : new ResponseError(ErrorCodes.MethodNotFound, `There is no request "${method}".`),
  );
  connection.onInitialize((params): InitializeResult | ResponseError<never> => {
    if (server !== undefined) {
      return new ResponseError(ErrorCodes.InvalidRequest, 'The server was initialized before.');
    }
    const client = clientOf(params);
    server = new LanguageServer(connection, client);
    return {
      serverInfo: { name: 'remote-relationships', version },
      capabilities: capabilitiesFor(client, supportOf(client)),
    };
  });
  connection.onInitialized(() => void server?.start());
  connection.onShutdown(() => server?.stop());
}
