import { describe, expect, it } from 'vitest';
import { loopbackHint, loopbackMeaning } from '../../../client/src/endpoint/connection/remoteMachine.ts';

describe('in a window whose extensions run elsewhere', () => {
  it.each([
    ['dev-container', 'http://localhost:8080', 'localhost is that of the container, where extensions run.'],
    ['attached-container', 'http://127.0.0.1', '127.0.0.1 is that of the container, where extensions run.'],
    ['codespaces', 'https://localhost', 'localhost is that of the codespace, where extensions run.'],
    ['wsl', 'http://[::1]:8080', '[::1] is that of WSL, where extensions run.'],
    ['ssh-remote', 'http://localhost', 'localhost is that of the remote machine, where extensions run.'],
    ['another-kind', 'http://localhost', 'localhost is that of the remote machine, where extensions run.'],
    ['dev-container', 'http://graphql-engine:8080', undefined],
    ['wsl', 'https://localhost.example.com', undefined],
    ['wsl', '', undefined],
    [undefined, 'http://localhost:8080', undefined],
  ])('%s: %s', (remoteName, url, meaning) => {
    expect(loopbackMeaning(url, remoteName)).toBe(meaning);
  });

  const refused = { outcome: 'unreachable', reason: 'connection-refused', detail: '' } as const;
  const timeout = { outcome: 'timeout', milliseconds: 1 } as const;

  it.each([
    ['nobody answers there', refused, 'localhost:8080', 'wsl', true],
    ['somebody answers', timeout, 'localhost:8080', 'wsl', false],
    ['nobody answers elsewhere', refused, 'hasura.example.com', 'wsl', false],
    ['they run here', refused, 'localhost:8080', undefined, false],
  ] as const)('a failure says so, where %s', (_, failure, host, remoteName, said) => {
    const hint = said ? ' localhost is that of WSL, where extensions run.' : '';
    expect(loopbackHint(failure, host, remoteName)).toBe(hint);
  });
});
