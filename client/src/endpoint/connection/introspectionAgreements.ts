import type { Memento, Uri } from 'vscode';
import { isJsonObject } from '../../../../common/src/metadataApi/document/json.ts';
import type { OwnServer } from '../../../../common/src/metadataApi/pull/ownServer.ts';

/** What was agreed to: at another origin, or with other variables, it is asked anew. Holds no value of a variable. */
export type IntrospectionAgreement = Pick<OwnServer, 'origin' | 'variables'>;

/** Equal for what is agreed to with one answer. */
export function agreementKey({ origin, variables }: IntrospectionAgreement): string {
  return JSON.stringify([origin, variables]);
}

/** Which servers of remote schemas may be asked themselves, with which variables, by project. */
export class IntrospectionAgreements {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  has(project: Uri, agreement: IntrospectionAgreement): boolean {
    return this.#of(project).some((kept) => agreementKey(kept) === agreementKey(agreement));
  }

  async add(project: Uri, { origin, variables }: IntrospectionAgreement): Promise<void> {
    if (this.has(project, { origin, variables })) return;
    await this.#state.update(keyOf(project), [...this.#of(project), { origin, variables }]);
  }

  #of(project: Uri): readonly IntrospectionAgreement[] {
    const kept = this.#state.get<unknown>(keyOf(project));
    return Array.isArray(kept) ? kept.flatMap((each) => readAgreement(each) ?? []) : [];
  }
}

function readAgreement(kept: unknown): IntrospectionAgreement | undefined {
  if (!isJsonObject(kept)) return undefined;
  const { origin, variables } = kept;
  if (typeof origin !== 'string' || !Array.isArray(variables)) return undefined;
  const names = variables.filter((name): name is string => typeof name === 'string');
  return names.length === variables.length ? { origin, variables: names } : undefined;
}

function keyOf(project: Uri): string {
  return `introspection ${project.toString()}`;
}
