import { setTimeout as wait } from 'node:timers/promises';
import { type Progress, ProgressLocation, window } from 'vscode';

/** Milliseconds that something may take before it is shown: what flashes up and goes only draws the eye. */
const patience = 400;

export type Reporting = Progress<{ message?: string; increment?: number }>;

/** Shows that something takes time, with a way to cancel it; nothing of what is done soon. */
export async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, progress: Reporting) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let shown: Reporting | undefined;
  let [message, increment] = ['', 0];
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
      progress.report({ message, increment });
      const subscription = token.onCancellationRequested(() => controller.abort());
      return working.finally(() => subscription.dispose());
    },
  );
}
