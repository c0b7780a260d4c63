/** Of VS Code's positions and ranges, as much as the code under test uses. */
export class Position {
  readonly line: number;
  readonly character: number;

  constructor(line: number, character: number) {
    this.line = line;
    this.character = character;
  }

  isEqual(other: Position): boolean {
    return this.line === other.line && this.character === other.character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(startLine: number, startCharacter: number, endLine: number, endCharacter: number) {
    this.start = new Position(startLine, startCharacter);
    this.end = new Position(endLine, endCharacter);
  }

  get isEmpty(): boolean {
    return this.start.isEqual(this.end);
  }

  /** Of a selection. */
  get active(): Position {
    return this.end;
  }

  contains({ line }: Position): boolean {
    return this.start.line <= line && line <= this.end.line;
  }

  intersection(other: Range): Range | undefined {
    const [start, end] = [
      Math.max(this.start.line, other.start.line),
      Math.min(this.end.line, other.end.line),
    ];
    return start > end ? undefined : new Range(start, 0, end, 0);
  }
}
