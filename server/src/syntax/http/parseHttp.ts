import { sortProblems } from '../build.ts';
import { readJson } from '../json/parseJson.ts';
import type { HttpRequestLine, SyntaxNode, SyntaxProblem, SyntaxTree } from '../tree.ts';

interface Line {
  text: string;
  offset: number;
}

const REQUEST_LINE =
  /^\s*(?:(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|GRAPHQL|WEBSOCKET)\s+)?(\S+)(?:\s+HTTP\/\S+)?\s*$/i;
const VARIABLE = /^\s*@[^\s=]+\s*=/;
const COMMENT = /^\s*(?:#|\/\/)/;

/**
 * Reads the requests of an `.http`/`.rest` file. Each body that is a JSON object or array becomes a root with
 * the offsets of the file; other bodies and requests without one are skipped.
 */
export function parseHttp(text: string): SyntaxTree {
  const roots: SyntaxNode[] = [];
  const problems: SyntaxProblem[] = [];
  const requestLines: HttpRequestLine[] = [];
  for (const lines of requests(text)) {
    const request = readRequest(lines);
    if (!request) continue;
    const { root, problems: found } = readJson(quoteVariables(request.body), request.bodyOffset, 0);
    if (root?.style !== 'flow') continue;
    leaveVariablesOpen(root, text);
    roots.push(root);
    requestLines.push(request.line);
    for (const problem of found) problems.push(problem);
  }
  return { language: 'http', text, roots, problems: sortProblems(problems), requestLines };
}

/** Where a value is `{{variable}}` without quotes, a string of the same length. */
function quoteVariables(body: string): string {
  if (!body.includes('{{')) return body;
  return body.replace(/"(?:[^"\\\n]|\\.)*"?|\{\{[^{}"\n]*\}\}/g, (found) =>
    found.startsWith('{{') ? `"${' '.repeat(found.length - 2)}"` : found,
  );
}

/** What a `{{variable}}` stands for is only known when the request is sent. */
function leaveVariablesOpen(node: SyntaxNode, text: string): void {
  for (const part of [node, node.key]) {
    if (part?.kind !== 'string') continue;
    part.unresolved ||= /\{\{[^{}]*\}\}/.test(text.slice(part.offset, part.offset + part.length));
  }
  for (const child of node.children) leaveVariablesOpen(child, text);
}

/** The lines of each request: `###` lines separate them. */
function requests(text: string): Line[][] {
  const blocks: Line[][] = [[]];
  let offset = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (const line of text.slice(offset).split('\n')) {
    if (line.startsWith('###')) blocks.push([]);
    else blocks[blocks.length - 1]?.push({ text: line, offset });
    offset += line.length + 1;
  }
  return blocks;
}

function readRequest(lines: Line[]): { line: HttpRequestLine; body: string; bodyOffset: number } | undefined {
  let index = lines.findIndex(
    ({ text }) => text.trim() !== '' && !COMMENT.test(text) && !VARIABLE.test(text),
  );
  const first = lines[index];
  const match = first && REQUEST_LINE.exec(first.text);
  if (!first || !match?.[2]) return undefined;
  const trimmed = first.text.trim();
  const line: HttpRequestLine = {
    method: (match[1] ?? 'GET').toUpperCase(),
    target: match[2],
    offset: first.offset + first.text.indexOf(trimmed),
    length: trimmed.length,
  };
  // Headers, and the query lines of a long URL, end at the first blank line.
  while (index < lines.length && lines[index]?.text.trim() !== '') index++;
  const rest = lines.slice(index);
  const start = rest.findIndex(({ text }) => text.trim() !== '' && !COMMENT.test(text));
  const bodyLine = rest[start];
  if (!bodyLine || !/^\s*[[{]/.test(bodyLine.text)) return undefined;
  const body = bodyEnd(rest.slice(start));
  return { line, body, bodyOffset: bodyLine.offset };
}

/** The body up to a response handler (`> {% … %}`) or a saved response (`<> file`). */
function bodyEnd(lines: Line[]): string {
  const end = lines.findIndex(({ text }) => /^(?:>>?!?\s|<>\s)/.test(text));
  return (end === -1 ? lines : lines.slice(0, end)).map(({ text }) => text).join('\n');
}
