/** The structure of a Caddyfile: global options, snippets and sites, and the directives in them. Pure. */
import { type Token, tokensOf } from "./tokens.ts";

export interface Directive {
  readonly name: Token;
  readonly args: readonly Token[];
  readonly block: readonly Directive[];
}

export interface Block {
  readonly kind: "options" | "snippet" | "site";
  /** A site's addresses, a snippet's `(name)`; none for global options. */
  readonly keys: readonly Token[];
  readonly directives: readonly Directive[];
}

export interface Caddyfile {
  /** Its path in the container: `/etc/caddy/Caddyfile`. */
  readonly path: string;
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly blocks: readonly Block[];
  /** `import` outside of any block. */
  readonly imports: readonly Directive[];
}

/** Reads a Caddyfile as far as it can be read: what Caddy says of a broken one is not repeated here. */
export function parseCaddyfile(path: string, text: string): Caddyfile {
  const tokens = tokensOf(text);
  const reader = new Reader(tokens);
  const blocks: Block[] = [];
  const imports: Directive[] = [];
  while (!reader.done) {
    if (reader.here?.text === "import" && !reader.here.quoted) imports.push(reader.directive());
    else blocks.push(reader.block());
  }
  return { path, text, tokens, blocks, imports };
}

/** Every directive, with those in the blocks of others, in their order. */
function* directivesIn(directives: readonly Directive[]): Generator<Directive> {
  for (const directive of directives) {
    yield directive;
    yield* directivesIn(directive.block);
  }
}

/** Every directive of a file, those outside of blocks too. */
export function* allDirectives(file: Caddyfile): Generator<Directive> {
  yield* file.imports;
  for (const { directives } of file.blocks) yield* directivesIn(directives);
}

/** Blocks inside of blocks: more is nobody's Caddyfile. */
const DEEPEST = 100;

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get here(): Token | undefined {
    return this.#tokens[this.#at];
  }

  get done(): boolean {
    return this.here === undefined;
  }

  block(): Block {
    const keys = this.#keys();
    const isSnippet = keys.length === 1 && /^\(.*\)$/.test(keys[0]?.text ?? "");
    const kind = keys.length === 0 ? "options" : isSnippet ? "snippet" : "site";
    if (this.#skip("{")) return { kind, keys, directives: this.#inside() };
    // A single site needs no braces: the rest of the file is its own.
    return { kind, keys, directives: this.#rest() };
  }

  /** Addresses end with the line, unless its last one has a comma. */
  #keys(): Token[] {
    const keys: Token[] = [];
    for (let row = this.here?.row; this.here !== undefined && !is(this.here, "{"); this.#at++) {
      const before = this.#tokens[this.#at - 1];
      if (this.here.row !== row) {
        if (!before?.text.endsWith(",")) break;
        row = this.here.row;
      }
      const text = this.here.text.replace(/,$/, "");
      if (text !== "") keys.push({ ...this.here, text });
    }
    return keys;
  }

  directive(): Directive {
    const name = this.here as Token;
    this.#at++;
    const args: Token[] = [];
    for (; this.here !== undefined && this.here.row === name.row && !is(this.here, "}"); this.#at++) {
      if (is(this.here, "{") && this.#endsRow() && this.#depth < DEEPEST) {
        this.#at++;
        return { name, args, block: this.#inside() };
      }
      args.push(this.here);
    }
    return { name, args, block: [] };
  }

  #endsRow(): boolean {
    return this.#tokens[this.#at + 1]?.row !== this.here?.row;
  }

  #inside(): Directive[] {
    const found: Directive[] = [];
    this.#depth++;
    while (!this.done && !this.#skip("}")) found.push(this.directive());
    this.#depth--;
    return found;
  }

  #rest(): Directive[] {
    const found: Directive[] = [];
    while (!this.done) if (!this.#skip("}")) found.push(this.directive());
    return found;
  }

  #skip(brace: "{" | "}"): boolean {
    if (this.here === undefined || !is(this.here, brace)) return false;
    this.#at++;
    return true;
  }
}

function is(token: Token, brace: string): boolean {
  return token.text === brace && !token.quoted;
}
