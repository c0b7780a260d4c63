import { commands, window } from 'vscode';
import type { Question } from '../../../../common/src/metadataApi/plan/question.ts';
import { display } from '../../ui/displayText.ts';
import { choose, tell } from '../../ui/messages.ts';
import { ask } from './ask.ts';
import type { DefinitionDiff, FileLanguage } from './definitionDiff.ts';

/**
 * Asks before something is changed. What is shown side by side is asked about beside it, in a message and in the title of the
 * editor, so that nothing covers it; with a dialog where the host has to be named, or there is nothing to see.
 */
export class ChangeQuestions {
  readonly #diff: Pick<DefinitionDiff, 'show' | 'isOpen'>;
  #answer: ((agreed: boolean) => void) | undefined;

  constructor(diff: Pick<DefinitionDiff, 'show' | 'isOpen'>) {
    this.#diff = diff;
  }

  /** `hostToName`: the button has to name it. */
  async ask(
    host: string,
    question: Question,
    hostToName: string | undefined,
    language: FileLanguage,
  ): Promise<boolean> {
    const changes = question.changes ?? [];
    await this.#diff.show(host, changes, language);
    return changes.length === 0 || hostToName !== undefined
      ? ask(question, hostToName)
      : this.beside(question);
  }

  /** Asks about what is shown; closing it is a no. */
  beside({ verb, message, details }: Question): Promise<boolean> {
    this.#answer?.(false);
    return new Promise((resolve) => {
      const closed = window.tabGroups.onDidChangeTabs(() => {
        if (!this.#diff.isOpen) answer(false);
      });
      const answer = (agreed: boolean): void => {
        if (this.#answer !== answer) return;
        this.#answer = undefined;
        closed.dispose();
        void commands.executeCommand('setContext', 'remoteRelationships.changeAsked', false);
        resolve(agreed);
      };
      this.#answer = answer;
      void commands.executeCommand('setContext', 'remoteRelationships.changeAsked', true);
      const agree = display(verb);
      void choose('warning', display([message, ...details].join(' ')), agree, display`Cancel`).then(
        (chosen) => {
          if (this.#answer === answer) answer(chosen === agree);
          else if (chosen === agree)
            tell('information', display`This has already been answered; nothing was done.`);
        },
      );
    });
  }

  /** The answer by a command. */
  answer(agreed: boolean): void {
    this.#answer?.(agreed);
  }
}
