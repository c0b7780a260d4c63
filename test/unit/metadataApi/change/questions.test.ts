import { describe, expect, it } from 'vitest';
import { applyOperation } from '../../../../common/src/metadataApi/change/applyOperation.ts';
import { carryOut } from '../../../../common/src/metadataApi/change/carryOut.ts';
import { deleteOperation } from '../../../../common/src/metadataApi/change/deleteOperation.ts';
import type { Operation } from '../../../../common/src/metadataApi/change/operation.ts';
import { renameOperation } from '../../../../common/src/metadataApi/change/renameOperation.ts';
import { undoOperation } from '../../../../common/src/metadataApi/change/undoOperation.ts';
import type { Json, JsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import type { Change } from '../../../../common/src/metadataApi/plan/changes.ts';
import { undoEntry } from '../../../../common/src/metadataApi/plan/undo.ts';
import {
  type Answer,
  type Answers,
  definition,
  inconsistent,
  inconsistentRelationship,
  ofCustomer,
  older,
} from '../fakeServer.ts';
import { conflict, type Relationships, refusal, serverOf, success } from './changedServer.ts';
import { fakeEnvironment } from './fakeEnvironment.ts';

const identity = ofCustomer('profile');
const other = ofCustomer('other');
const legacy = {
  remote_schema: 'people',
  hasura_fields: ['id'],
  remote_field: { person: { arguments: {} } },
};

const applying = (...named: (readonly [typeof identity, Json])[]) =>
  applyOperation(
    named.map(([each, written]) => ({ local: { identity: each, definition: written }, where: 'a.yaml:1' })),
    ['A note.'],
  );
const deleting = (written: boolean) => deleteOperation(identity, { written });
const renaming = () => renameOperation(identity, async () => 'person');

/** The same answers of a server that also has stored queries, or no version of its metadata. */
function exporting(answers: Answers, change: (exported: JsonObject) => JsonObject): Answers {
  const given = answers['export_metadata'];
  return {
    ...answers,
    export_metadata: async (request) => {
      const answer = typeof given === 'function' ? await given(request) : given;
      if (answer === undefined || answer instanceof Error) throw new Error('no export');
      return { ...answer, json: change(answer.json as JsonObject) };
    },
  };
}

const withQueries = (answers: Answers) =>
  exporting(answers, ({ metadata, ...rest }) => ({
    ...rest,
    metadata: {
      ...(metadata as JsonObject),
      query_collections: [
        { name: 'allowed', definition: { queries: [{ name: 'People', query: '{ customer { profile } }' }] } },
      ],
    },
  }));
const withoutVersion = (answers: Answers) =>
  exporting(answers, ({ metadata }) => ({ metadata: metadata ?? {} }));
const holding = (answers: Answers, ...objects: Json[]): Answers => ({
  ...answers,
  get_inconsistent_metadata: inconsistent(...objects),
});
const broken = inconsistentRelationship('profile', 'no such field');
const used = 'Stored queries name a field "profile": "People" of collection "allowed".';

describe('is asked before it is sent', () => {
  it.each<[string, Operation<unknown, unknown>, Answers, string, string, readonly string[]]>([
    [
      'what is created',
      applying([identity, definition]),
      serverOf({}, success),
      'Create',
      'Create profile (table customer of source shop) on hasura.test?',
      ['A note.'],
    ],
    [
      'what is updated, and what changes',
      applying([identity, definition]),
      serverOf({ profile: older }, success),
      'Update',
      'Update profile (table customer of source shop) on hasura.test?',
      [
        'A note.',
        'The definition that the server has now is replaced.',
        'to_remote_schema.lhs_fields: ["nr"] → ["id"]',
      ],
    ],
    [
      'several, with what else is known of each but that it is replaced',
      applying([identity, definition], [other, definition]),
      holding(serverOf({ profile: older }, success), broken),
      'Apply',
      'Apply 2 relationships to hasura.test?',
      [
        'A note.',
        '1 will be created: other.',
        '1 will be updated: profile.',
        '"profile": It is inconsistent on the server now: no such field.',
        'All of them are changed, or none.',
      ],
    ],
    [
      'one beside one that is in place',
      applying([identity, definition], [other, definition]),
      serverOf({ profile: definition }, success),
      'Apply',
      'Apply a relationship to hasura.test?',
      [
        'A note.',
        '1 will be created: other.',
        '1 already in place: profile.',
        'All of them are changed, or none.',
      ],
    ],
    [
      'the deletion of what a file has',
      deleting(true),
      serverOf({ profile: older }, success),
      'Delete',
      'Delete profile (table customer of source shop) on hasura.test?',
      ['The text in the file stays.'],
    ],
    [
      'the deletion of what no file has, is used, and is inconsistent',
      deleting(false),
      withQueries(holding(serverOf({ profile: older }, success), broken)),
      'Delete',
      'Delete profile (table customer of source shop) on hasura.test?',
      ['It is inconsistent there: no such field.', used, 'No file of the project has it.'],
    ],
    [
      'a new name',
      renaming(),
      serverOf({ profile: older }, success),
      'Rename',
      'Rename profile (table customer of source shop) to person on hasura.test?',
      [
        'It is deleted and created again with the definition it has there, both or neither. Queries that use the old name will fail.',
        'The text in the file stays.',
      ],
    ],
    [
      'a new name of what is used',
      renaming(),
      withQueries(serverOf({ profile: older }, success)),
      'Rename',
      'Rename profile (table customer of source shop) to person on hasura.test?',
      [
        used,
        'It is deleted and created again with the definition it has there, both or neither. Queries that use the old name will fail.',
        'The text in the file stays.',
      ],
    ],
  ])('%s', async (_, operation, answers, verb, message, details) => {
    const { environment, questions } = fakeEnvironment(answers, { answer: () => false });
    expect(await carryOut(operation, environment)).toEqual({ outcome: 'given-up' });
    expect(questions).toEqual([
      { question: expect.objectContaining({ verb, message, details }), host: undefined },
    ]);
  });

  it('and both definitions are shown of those that change', async () => {
    const operation = applying([identity, definition], [other, definition], [ofCustomer('third'), legacy]);
    const { environment, questions } = fakeEnvironment(
      serverOf({ profile: definition, other: older }, success),
    );
    await carryOut(operation, environment);
    expect(questions[0]?.question.changes?.map(({ name, now }) => [name, now])).toEqual([
      ['other', older],
      ['third', undefined],
    ]);
  });

  it.each<[string, Relationships, Relationships, RegExp]>([
    [
      'made by someone else',
      {},
      { profile: older },
      /: "profile" is different now \(the definition: nothing → /,
    ],
    ['removed by someone else', { profile: older }, {}, /: "profile" is gone\.$/],
    ['as it was', {}, {}, /; "profile" itself is as it was\.$/],
  ])('again after a conflict about what was %s meanwhile', async (_, before, after, expected) => {
    const { environment, questions } = fakeEnvironment(serverOf(before, conflict, after), {
      answer: () => questions.length < 2,
    });
    await carryOut(applying([identity, definition]), environment);
    expect(questions[1]?.question.details[0]).toMatch(expected);
  });
});

describe('what the server does not find, because it is inconsistent', () => {
  const owner: Json = {
    type: 'table',
    name: 'table customer in source shop',
    reason: 'Inconsistent object: no such table',
    definition: { schema: 'public', name: 'customer' },
  };

  it.each<[string, Operation<unknown, unknown>, Json, string, string]>([
    [
      'is not deleted',
      deleting(true),
      owner,
      'v2.48.0',
      '"profile" is not deleted. The server does not find it, because it is inconsistent (no such table), and its metadata can\'t be replaced without a change to other parts.',
    ],
    [
      'gets no new name',
      renaming(),
      broken,
      'v2.0.10',
      '"profile" is not renamed. The server does not find it, because it is inconsistent.',
    ],
  ])('%s without a safe way', async (_, operation, object, version, message) => {
    const answers = withoutVersion(holding(serverOf({ profile: older }, success), object));
    const { environment, events } = fakeEnvironment(answers, { version });
    expect(await carryOut(operation, environment)).toEqual({
      outcome: 'blocked',
      told: { severity: 'error', message, problem: false },
      index: 0,
    });
    expect(events).toEqual(['read']);
  });

  it.each([
    ['is', true, ['bulk', 'replace_metadata']],
    ['is not', false, ['bulk']],
  ])(
    'is deleted by replacing all metadata only by who names the host: it %s',
    async (_, agreed, sentTypes) => {
      const answers = holding(serverOf({ profile: older }, refusal), broken);
      const { environment, questions, sent } = fakeEnvironment(
        { ...answers, replace_metadata: success },
        { answer: ({ verb }) => verb === 'Delete' || agreed },
      );
      await carryOut(deleting(true), environment);
      expect(questions[1]).toEqual({
        host: 'hasura.test',
        question: {
          verb: 'Replace',
          exceptional: true,
          message: 'Replace all metadata on hasura.test by a copy with this one change?',
          details: [
            expect.stringMatching(
              /^The command for it was refused \(.*\bno\b.*\), because the server does not find inconsistent objects\. Everything else is sent back as it was read; if someone changes the metadata in between, nothing happens\.$/,
            ),
          ],
        },
      });
      const written = sent.map(({ type }) => type).filter((type) => /^bulk$|^replace/.test(String(type)));
      expect(written).toEqual(sentTypes);
    },
  );
});

describe('an undo', () => {
  const at = '2026-05-01T12:00:00.000Z';

  /** A journal that knows the changes, and a server that has `now`. */
  async function undo(changes: readonly Change[], answers: Answers) {
    const fake = fakeEnvironment(answers);
    const { journal, environment } = fake;
    await journal.settle(await journal.add(undoEntry('apply', environment.endpoint.url, at, changes)));
    return { outcome: await carryOut(undoOperation(), environment), ...fake };
  }

  it('says of which changes it is, and what becomes of each', async () => {
    const { questions } = await undo(
      [
        { identity, before: older, after: definition },
        { identity: other, before: undefined, after: definition },
      ],
      serverOf({ profile: definition, other: definition }, success),
    );
    expect(questions[0]?.question).toEqual({
      verb: 'Undo',
      message:
        'Undo the apply of profile (table customer of source shop), other (table customer of source shop) on hasura.test?',
      details: [`It was made at ${at}.`, '"profile" is restored.', '"other" is deleted: it was not there.'],
      changes: [
        { name: 'other', owner: 'table customer of source shop', now: definition, after: undefined },
        { name: 'profile', owner: 'table customer of source shop', now: definition, after: older },
      ],
    });
  });

  it('shows nothing of what is back already', async () => {
    const { questions } = await undo(
      [
        { identity, before: older, after: definition },
        { identity: other, before: undefined, after: definition },
      ],
      serverOf({ profile: definition }, success),
    );
    expect(questions[0]?.question.changes?.map(({ name }) => name)).toEqual(['profile']);
  });

  it.each<[string, Relationships, Answer | Error, Json[], string, string, boolean]>([
    [
      'done',
      { profile: older },
      success,
      [],
      'information',
      'Undone: hasura.test has what it had before the last apply.',
      false,
    ],
    [
      'done, and what is back is inconsistent',
      { profile: older },
      success,
      [broken],
      'warning',
      'hasura.test accepted "profile", but it is inconsistent: no such field',
      false,
    ],
    ['refused', { profile: definition }, refusal, [], 'error', 'hasura.test refused "profile": no', true],
    [
      'accepted, and nothing happened',
      { profile: definition },
      success,
      [],
      'error',
      'hasura.test accepted this, but "profile" is still there. Someone else may have put it back.',
      true,
    ],
    [
      'overtaken by someone else',
      { profile: legacy },
      success,
      [],
      'warning',
      'hasura.test has a different "profile" from the one that was sent: someone else changed it at the same moment.',
      true,
    ],
  ])('that is %s', async (_, after, answer, objects, severity, message, kept) => {
    const answers = { ...serverOf({ profile: definition }, answer, after), replace_metadata: answer };
    let reads = 0;
    const { outcome, journal } = await undo([{ identity, before: older, after: definition }], {
      ...answers,
      get_inconsistent_metadata: () => inconsistent(...(reads++ === 0 ? [] : objects)),
    });
    expect(outcome).toMatchObject({ outcome: 'sent', report: { severity, message } });
    expect(journal.entries).toHaveLength(kept ? 1 : 0);
  });
});
