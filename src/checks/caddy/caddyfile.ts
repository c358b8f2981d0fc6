/** The structure of a Caddyfile: global options, snippets and sites, and the directives inside of them. Pure. */
import { type Token, tokensOf } from "./tokens.ts";

/** One directive, subdirective or global option. */
export interface Directive {
  readonly name: Token;
  readonly args: readonly Token[];
  readonly block: readonly Directive[];
}

/** One block at the top level of a Caddyfile. */
export interface Block {
  readonly kind: "options" | "snippet" | "site";
  /** A site's addresses, a snippet's `(name)`; none for global options. */
  readonly keys: readonly Token[];
  readonly directives: readonly Directive[];
}

/** A Caddyfile, or a file that one imports. */
export interface Caddyfile {
  /** Its path in the container: `/etc/caddy/Caddyfile`. */
  readonly path: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly blocks: readonly Block[];
  /** Each `import` outside of any block. */
  readonly imports: readonly Directive[];
}

/** Parses as much as possible. A broken file gives no error here, because Caddy reports it. */
export function parseCaddyfile(path: string, text: string): Caddyfile {
  const tokens = tokensOf(text);
  const parser = new Parser(tokens);
  const blocks: Block[] = [];
  const imports: Directive[] = [];
  while (!parser.done) {
    if (parser.token?.text === "import" && !parser.token.quoted) imports.push(parser.directive());
    else blocks.push(parser.block());
  }
  return { path, text, tokens, blocks, imports };
}

/** Every directive and those nested in it, in the order of the text. */
function* directivesIn(directives: readonly Directive[]): Generator<Directive> {
  for (const directive of directives) {
    yield directive;
    yield* directivesIn(directive.block);
  }
}

/** Every directive of a file, in blocks and outside of them. */
export function* allDirectives(file: Caddyfile): Generator<Directive> {
  yield* file.imports;
  for (const { directives } of file.blocks) yield* directivesIn(directives);
}

/** Blocks within blocks. No Caddyfile of a project is nested this deeply, and the stack has an end. */
const MAX_DEPTH = 100;

/** Reads tokens one after the other. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The next token; undefined at the end. */
  get token(): Token | undefined {
    return this.#tokens[this.#at];
  }

  get done(): boolean {
    return this.token === undefined;
  }

  block(): Block {
    const keys = this.#keys();
    const isSnippet = keys.length === 1 && /^\(.*\)$/.test(keys[0]?.text ?? "");
    const kind = keys.length === 0 ? "options" : isSnippet ? "snippet" : "site";
    // A file with a single site may leave out the braces: the rest of the file is its block.
    return { kind, keys, directives: this.#directives(this.#skipBrace("{")) };
  }

  /** A block's addresses. They end with the line, unless the last one ends with a comma. */
  #keys(): Token[] {
    const keys: Token[] = [];
    for (let row = this.token?.row; this.token !== undefined && !isBrace(this.token, "{"); this.#at++) {
      const before = this.#tokens[this.#at - 1];
      if (this.token.row !== row) {
        if (!before?.text.endsWith(",")) break;
        row = this.token.row;
      }
      const text = this.token.text.replace(/,$/, "");
      if (text !== "") keys.push({ ...this.token, text });
    }
    return keys;
  }

  directive(): Directive {
    const name = this.token as Token;
    this.#at++;
    const args: Token[] = [];
    while (this.token?.row === name.row && !isBrace(this.token, "}")) {
      const opensBlock = isBrace(this.token, "{") && this.#endsRow() && this.#depth < MAX_DEPTH;
      if (!opensBlock) args.push(this.token);
      this.#at++;
      if (opensBlock) return { name, args, block: this.#directives(true) };
    }
    return { name, args, block: [] };
  }

  #endsRow(): boolean {
    return this.#tokens[this.#at + 1]?.row !== this.token?.row;
  }

  /** The directives up to the brace that closes their block; without braces, up to the end of the file. */
  #directives(inBraces: boolean): Directive[] {
    const found: Directive[] = [];
    this.#depth++;
    while (!this.done) {
      if (!this.#skipBrace("}")) found.push(this.directive());
      else if (inBraces) break;
    }
    this.#depth--;
    return found;
  }

  #skipBrace(brace: "{" | "}"): boolean {
    if (this.token === undefined || !isBrace(this.token, brace)) return false;
    this.#at++;
    return true;
  }
}

function isBrace(token: Token, brace: string): boolean {
  return token.text === brace && !token.quoted;
}
