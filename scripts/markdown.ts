import GithubSlugger from 'github-slugger';
import { lexer, type Token, walkTokens } from 'marked';

/** A heading, and the anchor that GitHub gives it. */
export interface Heading {
  readonly text: string;
  readonly anchor: string;
}

/** What a Markdown page can be asked about: where its links lead, and where links can lead to. */
export interface Page {
  readonly headings: readonly Heading[];
  /** Anchors written as `<a id="…"></a>`. */
  readonly ids: readonly string[];
  /** Targets of links and pictures, of reference-style links too. */
  readonly links: readonly string[];
}

/** Reads a page as GitHub shows it; what stands in code is no heading and no link. */
export function readPage(markdown: string): Page {
  const slugger = new GithubSlugger();
  const headings: Heading[] = [];
  const ids: string[] = [];
  const links: string[] = [];
  walkTokens(lexer(markdown), (token) => {
    if (token.type === 'heading') {
      const text = plainText(token.tokens ?? []);
      headings.push({ text, anchor: slugger.slug(text) });
    } else if (token.type === 'link' || token.type === 'image') {
      links.push(String(token['href']));
    } else if (token.type === 'html') {
      for (const [, id] of token.raw.matchAll(/<a id="([^"]*)">/g)) if (id !== undefined) ids.push(id);
    }
  });
  return { headings, ids, links };
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      'tokens' in token && token.tokens !== undefined
        ? plainText(token.tokens)
        : 'text' in token
          ? String(token.text)
          : token.raw,
    )
    .join('');
}
