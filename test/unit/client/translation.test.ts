import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { URI } from 'vscode-uri';
import type { ViewNode } from '../../../client/src/endpoint/view/viewNode.ts';
import type { ViewProject } from '../../../client/src/endpoint/view/viewTree.ts';
import type { HttpResult } from '../../../common/src/metadataApi/http/httpResult.ts';
import type { FileStatus } from '../../../common/src/protocol.ts';
import { bundlePath, bundleText, type Literal, literals, literalsOf, texts } from '../../../scripts/texts.ts';

/** Reads as a text: several words, or a word that begins like a sentence. */
function isProse({ text, role }: Literal): boolean {
  const words = text.replaceAll(/\{\d+\}/g, '');
  return role === 'text' && /\p{L}{2}/u.test(words) && (/\S \S/.test(text) || /^[A-Z][a-z]/.test(text));
}

/** Of the log, which is for whoever helps, and in English. */
const isLogged = ({ call }: Literal): boolean => /^(?:debug|info|warn|error|startBecause)$/.test(call);

/** What reads as a text and is none, or stays in English: by file, and why. */
const others: readonly (readonly [file: string, text: RegExp])[] = [
  // Said to a language model.
  ['client/src/agentTools.ts', /^The language server/],
  // An issue is written to us.
  ['client/src/endpoint/ui/problemReport.ts', /^/],
  ['client/src/endpoint/commands/reportProblem.ts', /^(?:, in a browser|not there|the environment)$/],
  // Names: of this extension, of files, of what VS Code keeps, of nodes.
  ['client/src/extension.ts', /^Remote Relationships$/],
  ['client/src/languageServerClient.ts', /^Remote Relationships$/],
  ['client/src/tasks.ts', /^Remote Relationships$/],
  ['client/src/endpoint/commands/apply.ts', /^Apply\.txt$/],
  ['client/src/endpoint/commands/sendRequest.ts', /^\{0\} \{1\}\.json$/],
  ['client/src/endpoint/ui/snapshotChanges.ts', /^before pull \{0\}$/],
  ['client/src/endpoint/connection/adminSecrets.ts', /^adminSecret \{0\}$/],
  ['client/src/missingSchemas.ts', /^missingSchemas \{0\}$/],
  ['client/src/endpoint/connection/introspectionAgreements.ts', /^introspection \{0\}$/],
  ['client/src/seenVersions.ts', /^serverVersion \{0\}$/],
  ['client/src/endpoint/view/ownerNodes.ts', /^\{0\} (?:source|remote schema) \{1\}$/],
  [
    'client/src/endpoint/view/viewTree.ts',
    /^\{0\} (?:obstacle|choose|missing|unread|compare|failure|nothing|endpoint \{1\}|unidentified \{1\})$/,
  ],
  // Markup, and classes of elements; names of formats.
  ['client/src/ui/webPageHtml.ts', /^(?:[a-z]+-[a-z]+ '|<!DOCTYPE)/],
  ['client/src/webview/controls.ts', /^(?:Mermaid|line \{0\})$/],
  ['client/src/webview/drawing.ts', /^(?:translate\(|(?:item|node|edge) \{0\})/],
  // Where an endpoint and its secret come from is kept with what was chosen, and compared.
  ['client/src/endpoint/connection/endpoints.ts', /^Hasura CLI$/],
  [
    'common/src/endpoint/endpointConfiguration.ts',
    /^(?:the default|\{0\} in (?:the environment|\.env|config\.yaml))$/,
  ],
  // The server's words, and Node's.
  ['common/src/metadataApi/document/metadataObject.ts', /^/],
  ['common/src/metadataApi/http/httpFailure.ts', /^; if the root CA/],
  ['common/src/metadataApi/http/serverError.ts', /^(?:Internal error message|Error when parsing command)/],
  ['common/src/metadataApi/inconsistency/inconsistentLocations.ts', /^name \{0\}$/],
  ['common/src/metadataApi/inconsistency/inconsistentObjects.ts', /^(?:name|rest_endpoint) \{0\}$/],
  // Kinds of things.
  ['common/src/coverage.ts', /^remote field$/],
  ['common/src/metadataApi/pull/fileContent.ts', /^(?:schema or snapshot|something else)$/],
  // Not for people.
  ['common/src/files/fileText.ts', /^version https:/],
  ['common/src/metadataApi/http/redact.ts', /^\[left out\]$/],
  ['common/src/metadataApi/pull/catalogueQueries.ts', /^\nSELECT /],
  ['common/src/metadataApi/pull/introspectUrl.ts', /^IntrospectionQuery$/],
  ['common/src/metadataApi/pull/snapshot.ts', /^"tables": /],
];

/** What a person may read and no translation reaches. */
function untranslated(all: readonly Literal[]): readonly string[] {
  return all
    .filter((literal) => isProse(literal) && !isLogged(literal))
    .filter(({ file, text }) => !others.some(([name, pattern]) => name === file && pattern.test(text)))
    .map(({ file, line, text }) => `${file}:${line} ${text}`);
}

describe('the texts of the code', () => {
  const all = literals();

  it('are behind a tag by which they are translated', () => {
    expect(texts(all).length).toBeGreaterThan(500);
    expect(untranslated(all)).toEqual([]);
  });

  it('are in the bundle, which is up to date', () => {
    expect(readFileSync(bundlePath, 'utf8'), 'run "npx node scripts/texts.ts"').toBe(bundleText());
  });

  it('are no exceptions that have gone', () => {
    const unused = others.filter(
      ([file, pattern]) => !all.some((literal) => literal.file === file && pattern.test(literal.text)),
    );
    expect(unused).toEqual([]);
  });

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are code.
  it.each([
    ["tell('error', display('Something failed.'));", ['a.ts:1 Something failed.']],
    ["tell('error', display`Something failed.`);", []],
    ["tell('error', 'Something failed.');", ['a.ts:1 Something failed.']],
    ["const why = bad ? 'it is bad' : localized`it is ${good}`;", ['a.ts:1 it is bad']],
    ['const text = `${count} things of ${name}`;', ['a.ts:1 {0} things of {1}']],
    ["const title = display`Reading ${host ?? 'the server'}`;", ['a.ts:1 the server']],
    ["window.showErrorMessage('Broken');", ['a.ts:1 Broken']],
    ["pick(entries, { placeHolder: 'Choose one' });", ['a.ts:1 Choose one']],
    ["log.info('The server has ended.');\nif (kind === 'remote field') end({ 'a b': 1 });", []],
  ])('would be found without it: %s', (code, found) => {
    expect(untranslated(literalsOf(code, 'a.ts'))).toEqual(found);
  });

  it('are read with their places, and counted ones in both forms', () => {
    const code = "tell(display`${a} of ${b}`); counted(n, 'error', 'an error'); counted(n, 'item');";
    expect(texts(literalsOf(code, 'a.ts'))).toEqual([
      '1 item',
      'an error',
      '{0} errors',
      '{0} items',
      '{0} of {1}',
    ]);
  });
});

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are code.

/** Wide letters in place of ours: whatever is left in ours was not translated. */
function wide(text: string): string {
  return text.replaceAll(/\{\d+\}|[A-Za-z]/g, (each) =>
    each.length > 1 ? each : String.fromCodePoint((each.codePointAt(0) ?? 0) + 0xfee0),
  );
}

const left = /[A-Za-z]{2,}/;

describe('in another language', () => {
  // Constants are translated as well, since VS Code hands the translation over before the code is loaded.
  beforeAll(async () => {
    vi.doMock('vscode', () => ({
      l10n: { bundle: Object.fromEntries(texts().map((text) => [text, wide(text)])) },
    }));
    await import('../../../client/src/ui/translation.ts');
  });

  afterAll(() => vi.doUnmock('vscode'));

  it('what is shown is in that language, around what is filled in', async () => {
    const { display } = await import('../../../client/src/ui/displayText.ts');
    const { counted } = await import('../../../common/src/counted.ts');
    expect(display`Nothing differs`).toBe(wide('Nothing differs'));
    expect(display`Reading ${'{1} $(x)'}`).toContain('{1} $⁠(x)');
    expect([counted(1, 'error', 'an error'), counted(3, 'error', 'an error')]).toEqual([
      wide('an error'),
      wide('{0} errors').replace('{0}', '3'),
    ]);
  });

  const schema = { uri: null, origin: null, detail: null, problem: null, since: null };
  const incomplete = {
    sources: [{ ...schema, name: '1', state: 'missing' }],
    remoteSchemas: ['2', '3'].map((name) => ({ ...schema, name, state: 'missing' })),
  } as unknown as FileStatus;

  it('the Hasura view says nothing in English', async () => {
    const { viewTree } = await import('../../../client/src/endpoint/view/viewTree.ts');
    const identity = (name: string) => ({ owner: 'table', source: '4', table: '5', name });
    const payload = (name: string) => ({
      ...{ name, identity: name === '' ? null : identity(name), form: 'unified', errors: [], removal: null },
      ...{ sourceKind: 'postgres', definition: {}, obstacle: name === '' ? '…' : null },
    });
    const project = {
      project: { name: '6', folder: URI.file('/6'), configuration: undefined },
      content: {
        name: '6',
        uri: '',
        files: [{ uri: '', owners: [], relationships: [payload('7'), payload('')] }],
      },
      status: incomplete,
      endpoints: [],
      chosen: undefined,
      obstacle: undefined,
      reading: undefined,
    } as unknown as ViewProject;
    const endpoint = { name: '8', url: '9', host: '9', readOnly: true, protected: true, secretSource: '0' };
    const failed = (failure: HttpResult) => ({ outcome: 'failed', failure });
    const shown = [
      project,
      { ...project, endpoints: [endpoint], obstacle: '…' },
      { ...project, endpoints: [endpoint, { ...endpoint, name: '1' }], chosen: endpoint },
      {
        ...project,
        chosen: endpoint,
        reading: failed({ outcome: 'timeout', milliseconds: 1 } as HttpResult),
      },
    ] as unknown as readonly ViewProject[];
    const said: string[] = [];
    const collect = ({ label, description, tooltip, spoken, children }: ViewNode): void => {
      said.push(label, description, tooltip, spoken);
      children.forEach(collect);
    };
    for (const each of shown) viewTree([each], { hideSame: false }).forEach(collect);
    viewTree(shown, { hideSame: false }).forEach(collect);
    expect(said.length).toBeGreaterThan(80);
    expect(said.filter((text) => left.test(text))).toEqual([]);
  });

  it('why a server can’t be asked, what was pulled, and what is not known', async () => {
    const { describeFailure } = await import('../../../common/src/metadataApi/http/httpResult.ts');
    const { pulledText } = await import('../../../common/src/metadataApi/pull/pulledText.ts');
    const { missingText, candidatesQuestion } = await import('../../../common/src/missingSchemas.ts');
    const failures = [
      ...[{ outcome: 'cancelled' }, { outcome: 'timeout', milliseconds: 1 }, { outcome: 'conflict' }],
      ...[
        { outcome: 'busy', status: 429, retryAfter: 9e5 },
        { outcome: 'redirect', location: '1' },
      ],
      ...[
        { outcome: 'unexpected-answer', status: 1, excerpt: '' },
        { outcome: 'cut', detail: '' },
      ],
      ...[{ outcome: 'too-large', limit: 1e6 }, { outcome: 'too-deep' }, { outcome: 'holds-secret' }],
      ...['connection-refused', 'dns', 'tls', 'proxy', 'other'].map((reason) => ({
        ...{ outcome: 'unreachable', reason, detail: '' },
      })),
    ] as unknown as Parameters<typeof describeFailure>[0][];
    const part = { what: 'source', name: '1' } as const;
    const kept = (['written', 'unchanged', 'cancelled', 'failed'] as const).map((state) => ({
      ...{ part, state, text: '', reason: '…', changed: undefined, notes: ['…'] },
    }));
    const said = [
      ...failures.map((failure) => describeFailure(failure, '1') ?? ''),
      pulledText(kept as unknown as Parameters<typeof pulledText>[0], ['…'], '1').message,
      missingText(incomplete) ?? '',
      candidatesQuestion([
        {
          part: { what: 'remote-schema', name: '1' },
          candidates: [{ text: '2' }, { text: '3' }, { text: '4' }],
        },
      ] as unknown as Parameters<typeof candidatesQuestion>[0]) ?? '',
    ];
    expect(said.filter((text) => text === '' || left.test(text))).toEqual([]);
  });
});
