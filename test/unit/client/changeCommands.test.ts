import { beforeEach, describe, expect, it, vi } from 'vitest';
import { commands, window, workspace } from 'vscode';
import { applyFile } from '../../../client/src/endpoint/commands/applyFile.ts';
import { applyProject } from '../../../client/src/endpoint/commands/applyProject.ts';
import { applyRelationship } from '../../../client/src/endpoint/commands/applyRelationship.ts';
import {
  deleteFromServer,
  deleteRelationship,
} from '../../../client/src/endpoint/commands/deleteRelationship.ts';
import { renameRelationship } from '../../../client/src/endpoint/commands/renameRelationship.ts';
import { undoLastChange } from '../../../client/src/endpoint/commands/undoLastChange.ts';
import { connect } from '../../../client/src/endpoint/connection/connect.ts';
import type { Connection } from '../../../client/src/endpoint/connection/connection.ts';
import { ask } from '../../../client/src/endpoint/ui/ask.ts';
import { tellFailure, tellServerDown } from '../../../client/src/endpoint/ui/messages.ts';
import { enterText } from '../../../client/src/ui/inputBox.ts';
import { tell } from '../../../client/src/ui/messages.ts';
import type { Json } from '../../../common/src/metadataApi/document/json.ts';
import type { RelationshipPayload } from '../../../common/src/protocol.ts';
import {
  conflict,
  cut,
  type Relationships,
  refusal,
  serverOf,
  success,
} from '../metadataApi/change/changedServer.ts';
import {
  type Answer,
  definition,
  inconsistent,
  inconsistentRelationship,
  ofCustomer,
  older,
} from '../metadataApi/fakeServer.ts';
import { type Around, file, host, press, project, said, startCommands } from './fakeCommands.ts';

vi.mock('vscode', async () => {
  const { URI } = await import('vscode-uri');
  const { Position, Range } = await import('./fakeRanges.ts');
  class WorkspaceEdit {
    readonly edits: unknown[] = [];
    replace(uri: unknown, { start }: InstanceType<typeof Range>, newText: string): void {
      this.edits.push([String(uri), start.line, newText]);
    }
  }
  return {
    Position,
    Range,
    Uri: URI,
    WorkspaceEdit,
    commands: { executeCommand: vi.fn() },
    window: { activeTextEditor: undefined, showTextDocument: vi.fn() },
    workspace: {
      applyEdit: vi.fn(),
      openTextDocument: async () => undefined,
      asRelativePath: ({ path }: { path: string }) => path.slice('/shop/'.length),
    },
  };
});
vi.mock('../../../client/src/endpoint/connection/connect.ts', () => ({ connect: vi.fn() }));
vi.mock('../../../client/src/endpoint/connection/project.ts', () => ({ findProject: async () => undefined }));
vi.mock('../../../client/src/endpoint/ui/ask.ts', () => ({ ask: vi.fn() }));
vi.mock('../../../client/src/endpoint/ui/messages.ts', () => ({
  chooseEndpoint: { title: 'Choose Endpoint' },
  showLog: { title: 'Show Log' },
  tellEarlier: vi.fn(),
  tellFailure: vi.fn(),
  tellServerDown: vi.fn(),
}));
vi.mock('../../../client/src/ui/inputBox.ts', () => ({ enterText: vi.fn() }));
vi.mock('../../../client/src/ui/messages.ts', () => ({ tell: vi.fn() }));
vi.mock('../../../client/src/ui/progress.ts', () => ({
  withProgress: (_: string, work: (signal: AbortSignal) => unknown) => work(new AbortController().signal),
}));
vi.mock('../../../client/src/ui/quickPick.ts', () => ({ pick: vi.fn() }));

const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 9 } });

function payload(name: string, parts: Partial<RelationshipPayload> = {}): RelationshipPayload {
  return {
    name,
    identity: ofCustomer(name),
    sourceKind: null,
    range: at(2),
    nameRange: at(2),
    form: 'unified',
    definition,
    errors: [],
    obstacle: null,
    removal: [{ range: at(2), newText: '' }],
    ...parts,
  };
}

const lens = { uri: String(file), position: { line: 2, character: 0 } };
const broken = inconsistentRelationship('profile', 'no such field');

function start(
  server: Parameters<typeof startCommands>[0],
  relationships: readonly RelationshipPayload[] | undefined = [payload('profile')],
  around: Around = {},
) {
  const started = startCommands(server, { ...around, answers: { relationships, ...around.answers } });
  vi.mocked(ask).mockImplementation(started.ask);
  return started;
}

/** The same server, with these objects inconsistent after it was changed. */
function breaking(server: Parameters<typeof startCommands>[0], ...objects: readonly Json[]) {
  let reads = 0;
  return {
    ...server,
    get_inconsistent_metadata: () => inconsistent(...(reads++ === 0 ? [] : objects)),
  };
}

const wrote = (sent: readonly object[]) =>
  sent
    .map((each) => ('type' in each ? String(each.type) : ''))
    .filter((type) => /remote_rel|^bulk/.test(type));

beforeEach(() => {
  vi.clearAllMocks();
});

describe('applying', () => {
  it.each<[string, Relationships, Answer, Relationships, Json[], string, string, string[], string[]]>([
    [
      'what is new',
      {},
      success,
      { profile: definition },
      [],
      'information',
      'Applied: hasura.test has "profile".',
      ['Undo'],
      [],
    ],
    [
      'what is there',
      { profile: definition },
      success,
      { profile: definition },
      [],
      'information',
      '"profile" is already in place on hasura.test.',
      [],
      [],
    ],
    [
      'what is inconsistent then',
      {},
      success,
      { profile: definition },
      [broken],
      'warning',
      'hasura.test accepted "profile", but it is inconsistent: no such field',
      ['Show Log', 'Open Definition', 'Undo'],
      ['hasura.test accepted "profile", but it is inconsistent: no such field'],
    ],
    [
      'what someone else has changed',
      {},
      success,
      { profile: older },
      [],
      'warning',
      'hasura.test has a different "profile" from the one that was sent: someone else changed it at the same moment.',
      ['Show Log'],
      [],
    ],
    [
      'what is refused',
      {},
      refusal,
      {},
      [],
      'error',
      'hasura.test refused "profile": no',
      ['Show Log', 'Open Definition'],
      ['hasura.test refused "profile": no'],
    ],
  ])('%s', async (_, before, answer, after, objects, severity, message, buttons, problems) => {
    const started = start(breaking(serverOf(before, answer, after), ...objects));
    await applyRelationship(started.context, lens);
    expect(said()).toEqual([[severity, message, buttons]]);
    expect(started.problems.map((each) => (each as [unknown, { message: string }])[1].message)).toEqual(
      problems,
    );
    expect(started.cleared).toEqual([{ uri: expect.anything(), payload: payload('profile') }]);
  });

  it('says where in the definition it was refused', async () => {
    const answer: Answer = {
      status: 400,
      json: { path: '$.args.definition.to_remote_schema', error: 'no', code: 'not-found' },
    };
    const range = at(7);
    const started = start(serverOf({}, answer), undefined, { answers: { keys: range } });
    await applyRelationship(started.context, lens);
    expect(started.asked.at(-1)).toEqual([
      expect.stringContaining('keys'),
      { uri: String(file), position: { line: 2, character: 0 }, keys: ['definition', 'to_remote_schema'] },
    ]);
    expect(started.problems).toEqual([
      [
        { uri: expect.anything(), range },
        { severity: 'error', message: 'hasura.test refused "profile": no', host, code: 'not-found' },
      ],
    ]);
  });

  it('says what else broke', async () => {
    const server = serverOf({ other: older }, success, { other: older, profile: definition });
    const started = start(breaking(server, inconsistentRelationship('other', 'by this')));
    await applyRelationship(started.context, lens);
    expect(said()).toEqual([
      ['information', expect.anything(), ['Undo']],
      ['warning', 'Since this change, hasura.test reports as inconsistent: by this', ['Show Log']],
    ]);
  });

  it('several shows the details of each', async () => {
    const two = [payload('profile'), payload('other', { nameRange: at(9) })];
    const started = start(
      serverOf({ other: older }, success, { profile: definition, other: definition }),
      two,
    );
    await applyFile(started.context, file);
    expect(said()).toEqual([
      ['information', 'Applied to hasura.test: 1 created, 1 updated.', ['Undo', 'Show Details']],
    ]);
    await press('Show Details');
    const [[where, text, beside]] = started.texts as [[string[], string, string]];
    expect([where, beside]).toEqual([[host, 'Apply.txt'], 'here']);
    expect(text).toMatch(/^Applied to dev \(http:\/\/hasura\.test\), /);
    expect(text).toContain('customer.yaml:10');
  });

  it('several of which one is refused leads to that one', async () => {
    const answer: Answer = { status: 400, json: { path: '$.args[1].args', error: 'no', code: 'not-found' } };
    const two = [payload('profile'), payload('other', { nameRange: at(9) })];
    const { context, problems } = start(serverOf({}, answer), two);
    await applyFile(context, file);
    expect(said()).toEqual([
      [
        'error',
        'Nothing was changed: hasura.test refused "other": no (customer.yaml:10)',
        ['Show Details', 'Show Log', 'Open Definition'],
      ],
    ]);
    expect(problems).toMatchObject([[{ range: at(9) }, { message: 'hasura.test refused "other": no' }]]);
    await press('Open Definition');
    expect(vi.mocked(window.showTextDocument).mock.calls).toMatchObject([
      [undefined, { selection: { start: { line: 9 } } }],
    ]);
  });

  it.each<[string, RelationshipPayload[], string, string, string[]]>([
    [
      'its table is not tracked',
      [
        payload('profile', {
          identity: { owner: 'table', source: 'shop', table: 'unknown', name: 'profile' },
        }),
      ],
      'error',
      '"profile" is not sent. Table "unknown" is not tracked in source "shop".',
      ['Open Definition'],
    ],
    [
      'it is half written',
      [payload('profile', { identity: null, obstacle: 'It has no table.' })],
      'error',
      '"profile" can’t be sent. It has no table.',
      ['Open Definition'],
    ],
    [
      'it is a request to delete',
      [payload('profile', { form: 'none' })],
      'information',
      'This is a request to delete: choose Delete This Relationship from Hasura for it.',
      [],
    ],
  ])('sends nothing when %s', async (_, relationships, severity, message, buttons) => {
    const { context, sent } = start(serverOf({}, success), relationships);
    await applyRelationship(context, lens);
    expect(said()).toEqual([[severity, message, buttons]]);
    expect(wrote(sent)).toEqual([]);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('what has errors shows them unless the person knows better: %s', async (agreed, count) => {
    const { context, sent } = start(serverOf({}, success), [payload('profile', { errors: ['no'] })], {
      agrees: () => agreed,
    });
    await applyRelationship(context, lens);
    expect(wrote(sent)).toHaveLength(count);
    expect(vi.mocked(commands.executeCommand).mock.calls).toEqual(
      agreed ? [] : [['workbench.actions.view.problems']],
    );
  });

  it('several leaves out what is half written, and says where', async () => {
    const half = payload('half', { identity: null, obstacle: 'It has no table.', nameRange: at(9) });
    const { context, questions } = start(serverOf({}, success), [payload('profile'), half], {
      agrees: () => false,
    });
    await applyFile(context, file);
    expect(questions.map(({ question: { details } }) => details)).toEqual([
      ['"half" (customer.yaml:10): It has no table.'],
    ]);
  });

  it('to an endpoint that is only read leaves what is in Problems', async () => {
    const { context, cleared, sent } = start(serverOf({}, success), undefined, { readOnly: true });
    await applyRelationship(context, lens);
    expect([cleared, sent]).toEqual([[], []]);
    expect(said()).toMatchObject([['warning', expect.stringContaining('read-only'), ['Choose Endpoint']]]);
  });

  it('ends where there is no endpoint', async () => {
    const { context, cleared, questions } = start(serverOf({}, success));
    vi.mocked(connect).mockResolvedValue(undefined);
    await applyRelationship(context, lens);
    expect([cleared, questions, said()]).toEqual([[], [], []]);
  });
});

describe('applying a file or a project', () => {
  it.each<[string, unknown, RelationshipPayload[] | undefined, string[]]>([
    ['that is not there', undefined, [], ['Open a file with remote relationships first.']],
    ['without relationships', file, [], ['This file has no remote relationships.']],
  ])('file %s', async (_, argument, relationships, messages) => {
    const { context, sent } = start(serverOf({}, success), relationships);
    await applyFile(context, argument);
    expect(said()).toEqual(messages.map((message) => ['information', message, []]));
    expect(sent).toEqual([]);
  });

  const files = [{ uri: String(file), relationships: [payload('profile'), payload('other')] }];

  it('sends what all its files have', async () => {
    const after = { profile: definition, other: definition };
    const { context, asked } = start(serverOf({}, success, after), undefined, {
      answers: { project: { files } },
    });
    await applyProject(context, project.folder);
    expect(asked[0]).toEqual([expect.stringContaining('project'), { uri: 'file:///shop' }]);
    expect(said()).toMatchObject([['information', 'Applied to hasura.test: 2 created.', expect.anything()]]);
  });

  it.each<[string, unknown, unknown, string, string]>([
    ['no folder', undefined, null, 'warning', 'Open the folder of a Hasura project first.'],
    [
      'no project',
      project.folder,
      null,
      'information',
      'The metadata of this project has no remote relationships.',
    ],
  ])('sends nothing of %s', async (_, argument, content, severity, message) => {
    const { context, sent } = start(serverOf({}, success), undefined, { answers: { project: content } });
    await applyProject(context, argument);
    expect(said()).toEqual([[severity, message, []]]);
    expect(sent).toEqual([]);
  });

  it('says when the language server is down', async () => {
    const { context } = startCommands(serverOf({}, success));
    await applyFile(context, file);
    await applyProject(context, project.folder);
    expect(tellServerDown).toHaveBeenCalledTimes(2);
    expect(said()).toEqual([]);
  });
});

describe('deleting', () => {
  it('offers to undo it, and to remove what is written, where it stands by then', async () => {
    const { context, questions, cleared } = start(serverOf({ profile: older }, success, {}));
    await deleteRelationship(context, lens);
    expect(questions[0]?.question.details).toEqual(['The text in the file stays.']);
    expect(cleared).toHaveLength(1);
    expect(said()).toEqual([
      ['information', 'Deleted: hasura.test no longer has "profile".', ['Undo', 'Remove from File']],
    ]);
    await press('Remove from File');
    expect(vi.mocked(workspace.applyEdit).mock.calls).toMatchObject([[{ edits: [[String(file), 2, '']] }]]);
  });

  it.each<[string, RelationshipPayload, Answer, Relationships, string, string, string[]]>([
    [
      'what can’t be removed from its file',
      payload('profile', { removal: null }),
      success,
      {},
      'information',
      'Deleted: hasura.test no longer has "profile".',
      ['Undo'],
    ],
    [
      'what is not deleted',
      payload('profile'),
      refusal,
      { profile: older },
      'error',
      'hasura.test refused "profile": no',
      ['Show Log'],
    ],
    [
      'what is not there',
      payload('other'),
      success,
      { profile: older },
      'information',
      'hasura.test has no other (table customer of source shop).',
      [],
    ],
    [
      'what nobody knows',
      payload('profile', { identity: null, obstacle: 'It has no table.' }),
      success,
      { profile: older },
      'error',
      'It is not known which relationship this is. It has no table.',
      ['Open Definition'],
    ],
  ])('%s', async (_, written, answer, after, severity, message, buttons) => {
    const { context } = start(serverOf({ profile: older }, answer, after), [written]);
    await deleteRelationship(context, lens);
    expect(said()).toEqual([[severity, message, buttons]]);
  });

  it('does nothing to a file whose relationship is gone by then', async () => {
    const relationships = [payload('profile')];
    const { context } = start(serverOf({ profile: older }, success, {}), relationships);
    await deleteRelationship(context, lens);
    relationships.length = 0;
    await press('Remove from File');
    expect(workspace.applyEdit).not.toHaveBeenCalled();
  });

  it('what no file has says so', async () => {
    const { context, questions } = start(serverOf({ profile: older }, success, {}));
    await deleteFromServer(context, project, ofCustomer('profile'));
    expect(vi.mocked(connect).mock.calls).toEqual([[context, project]]);
    expect(questions[0]?.question.details).toEqual(['No file of the project has it.']);
    expect(said()).toEqual([['information', 'Deleted: hasura.test no longer has "profile".', ['Undo']]]);
  });

  it('ends where there is no endpoint, and leaves what is in Problems of one that is only read', async () => {
    const { context, sent, cleared } = start(serverOf({ profile: older }, success), undefined, {
      readOnly: true,
    });
    await deleteRelationship(context, lens);
    expect(said()).toMatchObject([['warning', expect.stringContaining('read-only'), ['Choose Endpoint']]]);
    vi.mocked(connect).mockResolvedValue(undefined);
    await deleteRelationship(context, lens);
    await deleteFromServer(context, project, ofCustomer('profile'));
    expect([sent, cleared, said().length]).toEqual([[], [], 1]);
  });
});

describe('renaming', () => {
  const renamed = serverOf({ profile: older }, success, { person: older });
  const message = 'Renamed: hasura.test has "person" instead of "profile".';

  it('offers to undo it, and to rename what is written', async () => {
    vi.mocked(enterText).mockResolvedValue('person');
    const edits = [{ range: at(2), newText: 'person' }];
    const { context, asked } = start(renamed, undefined, { answers: { newName: edits } });
    await renameRelationship(context, lens);
    expect(said()).toEqual([['information', message, ['Undo', 'Rename in File']]]);
    await press('Rename in File');
    expect(asked.at(-1)?.[1]).toEqual({
      uri: String(file),
      position: { line: 2, character: 0 },
      name: 'person',
    });
    expect(vi.mocked(workspace.applyEdit).mock.calls).toMatchObject([
      [{ edits: [[String(file), 2, 'person']] }],
    ]);
  });

  it('asks for the name, and says what is wrong with one', async () => {
    vi.mocked(enterText).mockResolvedValue(undefined);
    const { context, sent } = start(serverOf({ profile: older }, success));
    await renameRelationship(context, lens);
    const [[box]] = vi.mocked(enterText).mock.calls as [Parameters<typeof enterText>];
    expect(box).toMatchObject({
      title: 'New name of profile (table customer of source shop) on hasura.test',
      value: 'profile',
    });
    expect(box.validate?.('1st')).toMatch(/can't be the name of a field/);
    expect(box.validate?.('first')).toBeUndefined();
    expect([said(), wrote(sent)]).toEqual([[], []]);
  });

  it('says when the file can’t be renamed in', async () => {
    vi.mocked(enterText).mockResolvedValue('person');
    const { context } = start(serverOf({ profile: older }, success, { person: older }), undefined, {
      answers: { newName: null },
    });
    await renameRelationship(context, lens);
    await press('Rename in File');
    expect(said().at(-1)).toEqual([
      'information',
      'The file has no "profile" whose name could still be changed alone.',
      [],
    ]);
    expect(workspace.applyEdit).not.toHaveBeenCalled();
  });

  it.each<[string, Answer, string, string]>([
    ['refused', refusal, 'error', 'hasura.test refused "profile": no'],
  ])('offers nothing when it is %s', async (_, answer, severity, text) => {
    vi.mocked(enterText).mockResolvedValue('person');
    const { context } = start(serverOf({ profile: older }, answer));
    await renameRelationship(context, lens);
    expect(said()).toEqual([[severity, text, ['Show Log']]]);
  });
});

it.each<[string, (context: ReturnType<typeof start>['context']) => Promise<void>]>([
  ['applying', (context) => applyRelationship(context, lens)],
  ['applying a file', (context) => applyFile(context, file)],
  ['applying a project', (context) => applyProject(context, project.folder)],
  ['deleting', (context) => deleteRelationship(context, lens)],
  ['deleting what no file has', (context) => deleteFromServer(context, project, ofCustomer('profile'))],
  ['renaming', (context) => renameRelationship(context, lens)],
  ['undoing', (context) => undoLastChange(context)],
])('%s can be tried again where the server can’t be read', async (_, command) => {
  const files = [{ uri: String(file), relationships: [payload('profile')] }];
  const server = { ...serverOf({}, success), export_metadata: cut };
  const { context, questions } = start(server, undefined, { answers: { project: { files } } });
  await command(context);
  const [[failure, where, again]] = vi.mocked(tellFailure).mock.calls as [Parameters<typeof tellFailure>];
  expect([failure.outcome, where, questions]).toEqual(['cut', host, []]);
  await again();
  expect(tellFailure).toHaveBeenCalledTimes(2);
  expect(said()).toEqual([]);
});

describe('undoing', () => {
  /** Applied, and to be undone by the same window. */
  async function applied(around: Around = {}) {
    let now: Relationships = {};
    const states = [{ profile: definition }, {}];
    const server = serverOf({}, success);
    const { exported } = await import('../metadataApi/fakeServer.ts');
    const write = () => {
      now = states.shift() ?? now;
      return success;
    };
    const started = start(
      {
        ...server,
        pg_create_remote_relationship: write,
        pg_delete_remote_relationship: write,
        export_metadata: () => exported(now),
      },
      undefined,
      around,
    );
    await applyRelationship(started.context, lens);
    vi.mocked(tell).mockClear();
    return started;
  }
  const undone = 'Undone: hasura.test has what it had before the last apply.';

  it('by the command is asked about', async () => {
    const { context, questions, journal } = await applied();
    await undoLastChange(context);
    expect(questions.map(({ question: { verb } }) => verb)).toEqual(['Create', 'Undo']);
    expect(said()).toEqual([['information', undone, []]]);
    expect(journal.entries).toEqual([]);
  });

  it.each([
    ['not again', false, ['Create']],
    ['again where the host has to be named', true, ['Create', 'Undo']],
  ])('by the button is asked about %s', async (_, named, verbs) => {
    const started = start(serverOf({}, success, { profile: definition }), undefined, { protected: named });
    await applyRelationship(started.context, lens);
    await press('Undo');
    expect(vi.mocked(connect).mock.calls.at(-1)).toEqual([started.context, project]);
    expect(started.questions.map(({ question: { verb } }) => verb)).toEqual(verbs);
    expect(wrote(started.sent)).toHaveLength(2);
  });

  it.each<[string, boolean, number]>([
    ['another endpoint was chosen', true, 1],
    ['none is chosen any more', false, 0],
  ])('by the button does nothing when %s', async (_, another, messages) => {
    const started = start(serverOf({}, success, { profile: definition }));
    await applyRelationship(started.context, lens);
    const endpoint = { ...started.connection.endpoint, url: 'http://other.test' };
    const instead = { ...started.connection, endpoint } as unknown as Connection;
    vi.mocked(connect).mockResolvedValue(another ? instead : undefined);
    const before = started.sent.length;
    await press('Undo');
    expect(started.sent).toHaveLength(before);
    expect(said().slice(1)).toEqual(
      Array(messages).fill(['warning', 'Another endpoint has been chosen since: nothing was undone.', []]),
    );
  });

  it('by the command needs an endpoint', async () => {
    const { context } = start(serverOf({}, conflict));
    vi.mocked(connect).mockResolvedValue(undefined);
    await undoLastChange(context);
    expect(said()).toEqual([]);
  });
});
