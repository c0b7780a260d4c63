import { describe, expect, it } from 'vitest';
import { selectToApply } from '../../../../common/src/metadataApi/change/selectToApply.ts';
import type { Question } from '../../../../common/src/metadataApi/plan/question.ts';
import type { RelationshipPayload } from '../../../../common/src/protocol.ts';

interface Item {
  readonly line: number;
  readonly payload: RelationshipPayload;
}

const at = { line: 0, character: 0 };

function items(...parts: readonly (Partial<RelationshipPayload> & { readonly name: string })[]): Item[] {
  return parts.map((each, index) => ({
    line: index + 1,
    payload: {
      identity: { owner: 'table', source: 'shop', table: 'customer', name: each.name },
      sourceKind: null,
      range: { start: at, end: at },
      nameRange: { start: at, end: at },
      form: 'unified',
      definition: { to_remote_schema: {} },
      errors: [],
      obstacle: null,
      removal: null,
      ...each,
    },
  }));
}

const whole = { name: 'whole' };
const wrong = { name: 'wrong', errors: ['no such field', 'no such column'] };
const half = { name: 'half', identity: null, obstacle: 'It has no table.' };
const deletion = { name: 'gone', form: 'none', definition: null } as const;

async function select(given: readonly Item[], ...answers: readonly boolean[]) {
  const questions: Question[] = [];
  const selection = await selectToApply(
    given,
    ({ line }) => `a.yaml:${line}`,
    async (question) => {
      questions.push(question);
      return answers[questions.length - 1] ?? false;
    },
  );
  return { selection, questions };
}

function names({ selection }: Awaited<ReturnType<typeof select>>): readonly string[] {
  return selection.outcome === 'selected' ? selection.sendable.map(({ local }) => local.identity.name) : [];
}

describe('relationships to apply', () => {
  it('that are whole are sent, each with its place, and nothing is asked', async () => {
    const { selection, questions } = await select(items(whole, { name: 'other' }));
    expect(selection).toMatchObject({
      outcome: 'selected',
      sendable: [{ where: 'a.yaml:1' }, { where: 'a.yaml:2', item: { line: 2 } }],
      notes: [],
    });
    expect(questions).toEqual([]);
  });

  it('none: there is nothing to say', async () => {
    expect((await select([])).selection).toEqual({ outcome: 'given-up' });
  });

  it.each<[string, Item[], string, string, number | undefined]>([
    ['one that is half written', items(half), 'error', '"half" can’t be sent. It has no table.', 1],
    [
      'one with a part that can’t be read',
      items({ name: 'included', definition: null, obstacle: 'It has an !include.' }),
      'error',
      '"included" can’t be sent. It has an !include.',
      1,
    ],
    [
      'one without a name',
      items({ ...half, name: '' }),
      'error',
      'This relationship can’t be sent. It has no table.',
      1,
    ],
    [
      'all of them half written',
      items({ ...half, name: '' }, half),
      'error',
      '2 relationships can’t be sent. one without a name (a.yaml:1): It has no table.',
      1,
    ],
    [
      'one that is a deletion',
      items(deletion),
      'information',
      'This is a request to delete: choose Delete This Relationship from Hasura for it.',
      undefined,
    ],
    [
      'deletions alone',
      items(deletion, deletion),
      'information',
      'These are requests to delete: there is nothing to apply.',
      undefined,
    ],
  ])('%s: it is said why none is', async (_, given, severity, message, line) => {
    const { selection, questions } = await select(given);
    expect(selection).toMatchObject({ outcome: 'none', told: { severity, message } });
    expect(selection.outcome === 'none' && selection.item?.line).toBe(line);
    expect(questions).toEqual([]);
  });

  it('are sent without those that can’t be, when that is agreed to', async () => {
    const given = items(half, whole, deletion);
    const agreed = await select(given, true);
    expect(names(agreed)).toEqual(['whole']);
    expect(agreed.selection).toMatchObject({ notes: ['1 request to delete left out.'] });
    expect(agreed.questions).toEqual([
      {
        verb: 'Leave Them Out',
        message: '1 relationship can’t be sent.',
        details: ['"half" (a.yaml:1): It has no table.'],
        exceptional: true,
      },
    ]);
    expect((await select(given, false)).selection).toEqual({ outcome: 'given-up' });
  });

  it.each<[string, Item[], string, string[]]>([
    ['one', items({ ...wrong, errors: ['no such field'] }), '"wrong" has an error.', ['no such field']],
    ['one that has several', items(wrong), '"wrong" has 2 errors.', ['no such field', 'no such column']],
    [
      'some',
      items(whole, wrong),
      '1 of 2 relationships have errors.',
      ['"wrong" (a.yaml:2): no such field no such column'],
    ],
  ])('with errors in %s are sent only by who knows better', async (_, given, message, details) => {
    const sure = await select(given, true);
    expect(names(sure)).toHaveLength(given.length);
    expect(sure.questions).toEqual([{ verb: 'Apply Anyway', message, details, exceptional: true }]);
    expect((await select(given, false)).selection).toEqual({ outcome: 'has-errors' });
  });

  it('says of many only the first', async () => {
    const many = items(...Array.from({ length: 20 }, (_, index) => ({ ...half, name: `r${index}` })), whole);
    const { questions } = await select(many, true);
    expect(questions[0]?.details).toHaveLength(13);
    expect(questions[0]?.details.at(-1)).toBe('8 more');
  });
});
