/** What must agree before a version is released. */

export interface ReleaseFacts {
  /** In `package.json`. */
  readonly version: string;
  /** In `package-lock.json`, of the project itself. */
  readonly lockedVersions: readonly (string | undefined)[];
  readonly changelog: string;
  /** Tags of the commit that is checked out. */
  readonly tags: readonly string[];
  /** Whether the version's tag is on another commit. */
  readonly taggedElsewhere: boolean;
  /** Files that differ from the commit. */
  readonly changedFiles: readonly string[];
}

export interface ReleaseProblems {
  /** What the files say of the version does not agree. */
  readonly wrong: readonly string[];
  /** What is still to be done; a dry run goes on. */
  readonly missing: readonly string[];
}

/** The tag of a version. */
export function tagOf(version: string): string {
  return `v${version}`;
}

/** What stands in the way of a release. */
export function releaseProblems(facts: ReleaseFacts): ReleaseProblems {
  const { version, lockedVersions, changelog, tags, taggedElsewhere, changedFiles } = facts;
  const tag = tagOf(version);
  const otherTags = tags.filter((each) => /^v\d/.test(each) && each !== tag);
  const newest = newestEntry(changelog);
  return {
    wrong: [
      // The marketplaces take no other form.
      ...(/^\d+\.\d+\.\d+$/.test(version) ? [] : [`package.json: ${version} is not of the form 1.2.3.`]),
      ...(lockedVersions.every((each) => each === version)
        ? []
        : [
            `package-lock.json has the version ${lockedVersions.join(', ')}, not ${version}: run npm install.`,
          ]),
      ...(newest?.version === version
        ? []
        : [`CHANGELOG.md begins with ${newest?.version}, not ${version}.`]),
      ...(newest?.text === '' ? [`CHANGELOG.md says nothing of ${newest.version}.`] : []),
      ...otherTags.map((each) => `The commit has the tag ${each}, not ${tag}.`),
      ...(taggedElsewhere ? [`The tag ${tag} is on another commit.`] : []),
    ],
    missing: [
      ...(changedFiles.length === 0 ? [] : [`Not committed: ${changedFiles.join(', ')}.`]),
      ...(tags.includes(tag) || taggedElsewhere ? [] : [`The commit has no tag ${tag}.`]),
    ],
  };
}

/** The first entry of a changelog: its version, and what it says. */
export function newestEntry(
  changelog: string,
): { readonly version: string; readonly text: string } | undefined {
  const [, entry] = changelog.replaceAll('\r\n', '\n').split(/^## /m);
  if (entry === undefined) return;
  const [version = '', ...lines] = entry.split('\n');
  return { version: version.trim(), text: lines.join('\n').trim() };
}
