import { setTimeout as wait } from 'node:timers/promises';
import { ProgressLocation, window } from 'vscode';
import type { DisplayText } from './displayText.ts';

/** Milliseconds that something may take before it is shown: what flashes up and goes only draws the eye. */
const patience = 400;

export interface Reporting {
  report(step: { readonly message?: DisplayText; readonly increment?: number }): void;
}

/** Shows that something takes time, with a way to cancel it; nothing of what is done soon. */
export async function withProgress<T>(
  title: DisplayText,
  work: (signal: AbortSignal, progress: Reporting) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let shown: Reporting | undefined;
  let message: DisplayText | undefined;
  let increment = 0;
  const working = work(controller.signal, {
    report: (step) => {
      message = step.message ?? message;
      increment += step.increment ?? 0;
      shown?.report(step);
    },
  });
  const settled = working.then(
    () => true,
    () => true,
  );
  if (await Promise.race([settled, wait(patience, false)])) return working;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      shown = progress;
      progress.report({ ...(message !== undefined && { message }), increment });
      const subscription = token.onCancellationRequested(() => controller.abort());
      return working.finally(() => subscription.dispose());
    },
  );
}
