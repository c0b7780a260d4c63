/** What a page is made of. */
export interface WebPageParts {
  /** For this one page, not to be guessed. */
  readonly nonce: string;
  /** Addresses. */
  readonly script: string;
  readonly style: string;
  /** Of VS Code, as in BCP 47. */
  readonly language: string;
}

/**
 * An empty page with one script and one style sheet, which the nonce lets in, and nothing else: no other script, no picture, no font, no
 * connection. What it shows its script makes of messages.
 */
export function webPageHtml({ nonce, script, style, language }: WebPageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${attribute(nonce)}" href="${attribute(style)}">
</head>
<body>
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

function attribute(text: string): string {
  return text.replaceAll(/[&"<>]/g, (mark) => entities[mark] ?? mark);
}
