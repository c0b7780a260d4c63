/**
 * Asks the npm registry what is known against the libraries in the bundles: `node scripts/audit.ts`, after
 * `npm run bundle`. What only builds and tests the project is left out. Exits with 1 when something is known.
 */
import { isMain, npmCommand, run, say } from './run.ts';
import { bundledPackages, readMetafile } from './thirdParty.ts';

export interface Finding {
  readonly name: string;
  readonly severity: string;
  /** Titles and addresses of the advisories. */
  readonly advisories: readonly string[];
}

/** `undefined`: the registry does not say. */
export type Audit = readonly Finding[] | { readonly unanswered: string };

/** The part of `npm audit --json` that is read here. */
export interface AuditReport {
  readonly vulnerabilities?: Readonly<
    Record<
      string,
      {
        readonly severity: string;
        /** Advisories, and the names of the packages that bring them in. */
        readonly via: readonly (string | { readonly title: string; readonly url: string })[];
        readonly nodes: readonly string[];
      }
    >
  >;
  /** Instead, when the registry could not be asked. */
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

/** What is known against the packages in these folders. */
export function auditOf(report: AuditReport, folders: readonly string[]): Audit {
  const { vulnerabilities, message, error } = report;
  if (!vulnerabilities) return { unanswered: message || error?.summary || 'no answer' };
  return Object.entries(vulnerabilities)
    .filter(([, { nodes }]) => nodes.some((node) => folders.includes(node)))
    .map(([name, { severity, via }]) => ({
      name,
      severity,
      advisories: via.map((each) =>
        typeof each === 'string' ? `by ${each}` : `${each.title} (${each.url})`,
      ),
    }));
}

/** What the registry knows against what was bundled last. */
export async function audit(): Promise<Audit> {
  const folders = bundledPackages(await readMetafile());
  // It ends with 1 for what is known of other packages, too.
  const command = npmCommand(['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000']);
  const { stdout, stderr } = await run(...command);
  try {
    return auditOf(JSON.parse(stdout) as AuditReport, folders);
  } catch {
    return { unanswered: stderr.trim().split('\n')[0] || 'no answer' };
  }
}

/** The audit as lines to print. */
export function auditLines(result: Audit): readonly string[] {
  if ('unanswered' in result) return [`The registry did not answer the audit: ${result.unanswered}`];
  if (result.length === 0) return ['Nothing is known against what is bundled.'];
  return result.map(({ name, severity, advisories }) => `${name}: ${severity}: ${advisories.join('; ')}`);
}

if (isMain(import.meta.url)) {
  const result = await audit();
  for (const line of auditLines(result)) say(line);
  process.exitCode = 'unanswered' in result || result.length === 0 ? 0 : 1;
}
