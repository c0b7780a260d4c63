import { commands, QuickPickItemKind, Uri } from 'vscode';
import { thousands } from '../../common/src/boundedText.ts';
import { checkedShare, evidences, nameKinds } from '../../common/src/coverage.ts';
import { localized } from '../../common/src/localized.ts';
import { type CoveredName, coverageRequest } from '../../common/src/protocol.ts';
import type { LanguageServerClient } from './languageServerClient.ts';
import { display, withIcon } from './ui/displayText.ts';
import { fileRangeText, rangeOf } from './ui/fileRange.ts';
import { type Entry, pick } from './ui/quickPick.ts';

/** A level of the tree: choosing an entry leads to the next one, or to the place of a name. */
interface Branch extends Entry {
  readonly choose?: () => Thenable<unknown>;
}

/** Says of every name that relationships use what it is checked against: by kind, then what it is checked against, then each. */
export async function showCoverage(server: LanguageServerClient, uri: Uri): Promise<void> {
  const names = server.ask(coverageRequest, { uri: uri.toString() }).then((answer) => answer ?? []);
  await choose(localized`Remote Relationships: what the names are checked against`, names.then(groups));
}

async function choose(
  title: string,
  branches: readonly Branch[] | Thenable<readonly Branch[]>,
): Promise<void> {
  const chosen = await pick(branches, { title: display(title), matchOnDescription: true });
  await chosen?.choose?.();
}

function groups(names: readonly CoveredName[]): readonly Branch[] {
  const { checked, percent } = checkedShare(names);
  const sum = display`${percent} % checked: ${thousands(checked)} of ${thousands(names.length)} names`;
  const branches = nameKinds.flatMap((kind): readonly Branch[] => {
    const ofKind = names.filter((name) => name.kind === kind);
    if (ofKind.length === 0) return [];
    return [
      { label: display(kinds[kind]), kind: QuickPickItemKind.Separator },
      ...evidences.flatMap((against): readonly Branch[] => {
        const group = ofKind.filter((name) => name.against === against);
        if (group.length === 0) return [];
        const label = display(
          against === 'nothing' ? localized`checked against nothing` : localized`known by ${words[against]}`,
        );
        return [
          {
            label: withIcon(against === 'nothing' ? 'question' : 'check', label),
            description: display`${thousands(group.length)} of ${thousands(ofKind.length)} ${kinds[kind]}`,
            choose: () => choose(localized`Remote Relationships: ${kinds[kind]} ${label}`, group.map(leaf)),
          },
        ];
      }),
    ];
  });
  return [{ label: withIcon('references', sum) }, ...branches];
}

const kinds: Readonly<Record<CoveredName['kind'], string>> = {
  table: localized`tables`,
  column: localized`columns`,
  'remote field': localized`remote fields`,
  argument: localized`arguments`,
};

const words = {
  snapshot: localized`a table snapshot`,
  migrations: localized`SQL migrations`,
  schema: localized`the remote schema`,
  metadata: localized`the metadata alone`,
  nothing: localized`nothing`,
} as const;

function leaf({ name, uri, range }: CoveredName): Branch {
  const place = Uri.parse(uri);
  return {
    label: display(name),
    description: display(fileRangeText({ uri: place, range })),
    choose: () => commands.executeCommand('vscode.open', place, { selection: rangeOf(range) }),
  };
}
