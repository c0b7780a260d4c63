import {
  type Disposable,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskGroup,
  TaskScope,
  tasks,
  type WorkspaceFolder,
  workspace,
} from 'vscode';

const type = 'remote-relationships';

const taskCommands = ['lint', 'diff'] as const;

type TaskCommand = (typeof taskCommands)[number];

/** As in `tasks.json`, which may hold anything. */
interface OwnTaskDefinition extends TaskDefinition {
  readonly command?: unknown;
  readonly arguments?: unknown;
}

/** Offers the commands of the command line as tasks of each folder, with what they find listed among the problems. */
export function provideTasks(commandLine: string): Disposable {
  return tasks.registerTaskProvider(type, {
    provideTasks: () =>
      (workspace.isTrusted ? (workspace.workspaceFolders ?? []) : []).flatMap((folder) =>
        taskCommands.map((command) => taskOf(commandLine, folder, { type, command }, command, [])),
      ),
    resolveTask: ({ definition, scope }) => {
      const { command, arguments: written = [] } = definition as OwnTaskDefinition;
      const known = taskCommands.find((each) => each === command);
      if (!workspace.isTrusted) return undefined;
      const isList = Array.isArray(written) && written.every((each) => typeof each === 'string');
      if (known === undefined || !isList || typeof scope === 'number') return undefined;
      return taskOf(commandLine, scope, definition, known, written);
    },
  });
}

function taskOf(
  commandLine: string,
  folder: WorkspaceFolder | undefined,
  definition: TaskDefinition,
  command: TaskCommand,
  more: readonly string[],
): Task {
  const execution = new ProcessExecution(process.execPath, [commandLine, command, ...more], {
    ...(folder === undefined ? {} : { cwd: folder.uri.fsPath }),
    // In a desktop VS Code what runs extensions is no Node unless it is told.
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  const scope = folder ?? TaskScope.Workspace;
  const task = new Task(definition, scope, command, 'Remote Relationships', execution, `$${type}-${command}`);
  task.group = TaskGroup.Test;
  return task;
}
