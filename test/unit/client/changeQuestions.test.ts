import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ChangeQuestions } from '../../../client/src/endpoint/ui/changeQuestions.ts';
import { definitionText, languageOfFile } from '../../../client/src/endpoint/ui/definitionDiff.ts';
import { choose, confirm, tell } from '../../../client/src/ui/messages.ts';
import type { Question } from '../../../common/src/metadataApi/plan/question.ts';

const { tabs, keys } = vi.hoisted(() => ({
  tabs: { changed: () => {}, listening: 0 },
  keys: new Map<string, unknown>(),
}));

vi.mock('vscode', () => ({
  commands: { executeCommand: async (_: string, key: string, value: unknown) => keys.set(key, value) },
  window: {
    tabGroups: {
      onDidChangeTabs: (listener: () => void) => {
        tabs.changed = listener;
        tabs.listening++;
        return { dispose: () => tabs.listening-- };
      },
    },
  },
}));
vi.mock('../../../client/src/ui/messages.ts', () => ({ choose: vi.fn(), confirm: vi.fn(), tell: vi.fn() }));

const changes = [{ name: 'profile', owner: 'customer in shop', now: undefined, after: {} }];
const question: Question = { verb: 'Update', message: 'Update profile?', details: ['It is there.'], changes };

/** A way to answer the message, and to close what is shown. */
function start() {
  let open = true;
  let press: (button: string | undefined) => void = () => {};
  vi.mocked(choose).mockImplementation(
    () =>
      new Promise((resolve) => {
        press = (button) => resolve(button as Awaited<ReturnType<typeof choose>>);
      }),
  );
  const shown: unknown[] = [];
  const questions = new ChangeQuestions({
    show: async (...args) => void shown.push(args),
    get isOpen() {
      return open;
    },
  });
  return {
    questions,
    shown,
    press: (button: string | undefined) => press(button),
    close: () => {
      open = false;
      tabs.changed();
    },
  };
}

beforeEach(() => {
  vi.clearAllMocks();
  tabs.listening = 0;
});

describe('what is shown side by side is asked about beside it', () => {
  it.each<[string, (started: ReturnType<typeof start>) => void, boolean]>([
    ['the button of the message', ({ press }) => press('Update'), true],
    ['its other button', ({ press }) => press('Cancel'), false],
    ['its end', ({ press }) => press(undefined), false],
    ['the command in the title', ({ questions }) => questions.answer(true), true],
    ['the other command', ({ questions }) => questions.answer(false), false],
    ['closing the editor', ({ close }) => close(), false],
  ])('and answered by %s', async (_, act, agreed) => {
    const started = start();
    const asked = started.questions.ask('host', question, undefined, 'yaml');
    await vi.waitFor(() => expect(choose).toHaveBeenCalled());
    expect(choose).toHaveBeenCalledWith('warning', 'Update profile? It is there.', 'Update', 'Cancel');
    expect(keys.get('remoteRelationships.changeAsked')).toBe(true);
    act(started);
    expect(await asked).toBe(agreed);
    expect(started.shown).toEqual([['host', changes, 'yaml']]);
    expect(keys.get('remoteRelationships.changeAsked')).toBe(false);
    expect(tabs.listening).toBe(0);
    expect(confirm).not.toHaveBeenCalled();
  });

  it('while other editors come and go', async () => {
    const { questions, press } = start();
    const asked = questions.ask('host', question, undefined, 'yaml');
    await vi.waitFor(() => expect(choose).toHaveBeenCalled());
    tabs.changed();
    press('Update');
    expect(await asked).toBe(true);
  });

  it('once: a button that is pressed later does nothing, and says so', async () => {
    const { questions, press } = start();
    const asked = questions.ask('host', question, undefined, 'yaml');
    await vi.waitFor(() => expect(choose).toHaveBeenCalled());
    questions.answer(false);
    press('Update');
    expect(await asked).toBe(false);
    const text = 'This has already been answered; nothing was done.';
    await vi.waitFor(() => expect(tell).toHaveBeenCalledWith('information', text));
  });

  it('one at a time: the later takes the place of the earlier', async () => {
    const { questions } = start();
    const first = questions.ask('host', question, undefined, 'yaml');
    await vi.waitFor(() => expect(choose).toHaveBeenCalledTimes(1));
    const second = questions.ask('host', question, undefined, 'yaml');
    expect(await first).toBe(false);
    questions.answer(true);
    expect(await second).toBe(true);
  });
});

describe('a dialog asks', () => {
  it.each<[string, Question, string | undefined, string]>([
    ['where the host has to be named', question, 'shop.example', 'Update on shop.example'],
    ['where there is nothing to see', { ...question, changes: [] }, undefined, 'Update'],
  ])('%s', async (_, asked, host, button) => {
    vi.mocked(confirm).mockResolvedValue(true);
    const { questions, shown } = start();
    expect(await questions.ask('shop.example', asked, host, 'json')).toBe(true);
    expect(confirm).toHaveBeenCalledWith('warning', 'Update profile?', 'It is there.', button);
    expect(choose).not.toHaveBeenCalled();
    expect(shown).toHaveLength(1);
  });
});

describe('definitions are shown as files have them', () => {
  it.each([
    ['/shop/public_customer.yaml', 'yaml'],
    ['/shop/TABLES.YML', 'yaml'],
    ['/shop/metadata.json', 'json'],
    ['/shop/requests.http', 'json'],
  ])('%s: %s', (path, language) => {
    expect(languageOfFile(path)).toBe(language);
  });

  const definition = { to_source: { source: 'helpdesk', field_mapping: { id: 'customer_id' } } };

  it.each([
    ['yaml', 'to_source:\n  source: helpdesk\n  field_mapping:\n    id: customer_id\n'],
    ['json', `${JSON.stringify(definition, null, 2)}\n`],
  ] as const)('in %s', (language, text) => {
    expect(definitionText(definition, language)).toBe(text);
    expect(definitionText(undefined, language)).toBe('');
  });
});
