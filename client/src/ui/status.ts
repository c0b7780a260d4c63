import {
  type Disposable,
  type DocumentSelector,
  type LanguageStatusItem,
  languages,
  StatusBarAlignment,
  window,
} from 'vscode';
import type { DisplayText } from './displayText.ts';

export interface StatusBarItem extends Disposable {
  show(text: DisplayText, tooltip: DisplayText): void;
  hide(): void;
}

/** An item on the left of the status bar; choosing it runs the command. */
export function createStatusBarItem(
  id: string,
  name: DisplayText,
  command: string,
  priority: number,
): StatusBarItem {
  const item = window.createStatusBarItem(id, StatusBarAlignment.Left, priority);
  item.name = name;
  item.command = command;
  return {
    show: (text, tooltip) => {
      Object.assign(item, { text, tooltip });
      item.show();
    },
    hide: () => item.hide(),
    dispose: () => item.dispose(),
  };
}

export interface LanguageStatus extends Pick<LanguageStatusItem, 'severity' | 'busy'> {
  readonly text: DisplayText;
  readonly detail: DisplayText;
}

/** An item behind `{}` in the status bar; its command has a title there. */
export function createLanguageStatus(
  id: string,
  name: DisplayText,
  selector: DocumentSelector,
  command: { readonly command: string; readonly title: DisplayText },
): Disposable & { set(status: LanguageStatus): void } {
  const item = languages.createLanguageStatusItem(id, selector);
  item.name = name;
  item.command = command;
  return {
    set: (status) => {
      Object.assign(item, status);
    },
    dispose: () => item.dispose(),
  };
}
