export const id = 888;
export const ids = [888];
export const modules = {

/***/ 382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ allDirectives),
  j: () => (/* binding */ parseCaddyfile)
});

;// CONCATENATED MODULE: ./build/checks/caddy/tokens.js
/**
 * The tokens of a Caddyfile, as Caddy's own lexer makes them (caddyconfig/caddyfile/lexer.go), but before
 * `{$NAME}` is replaced: a variable stays a part of its token. Pure.
 */
/** Splits a text into tokens. A quote that is never closed ends with the text. */
function tokensOf(text) {
    const tokens = [];
    let at = text.startsWith("\ufeff") ? 1 : 0;
    let line = 1;
    /** How many lines before this one belong to the same row. */
    let joined = 0;
    while (at < text.length) {
        const rest = text.slice(at, at + 300);
        const char = rest.charAt(0);
        const continued = /^\\\r?\n/.exec(rest)?.[0];
        if (continued !== undefined) {
            at += continued.length;
            line++;
            joined++;
            continue;
        }
        if (char === "\n") {
            line++;
            joined = 0;
        }
        if (/\s/.test(char)) {
            at++;
            continue;
        }
        if (char === "#") {
            const end = text.indexOf("\n", at);
            at = end < 0 ? text.length : end;
            continue;
        }
        const piece = quotedPiece(text, at) ?? heredoc(text, at) ?? plainPiece(text, at);
        tokens.push({ text: piece.text, line, row: line - joined, quoted: piece.quoted });
        const breaks = text.slice(at, piece.end).split("\n").length - 1;
        line += breaks;
        // The tokens after one of several lines are on its row.
        joined += breaks;
        at = piece.end;
    }
    return tokens;
}
function quotedPiece(text, start) {
    const quote = text.charAt(start);
    if (quote !== '"' && quote !== "`")
        return undefined;
    let found = "";
    let at = start + 1;
    for (; at < text.length && text.charAt(at) !== quote; at++) {
        if (quote === '"' && text.charAt(at) === "\\" && text.charAt(at + 1) === '"')
            at++;
        found += text.charAt(at);
    }
    return { text: found, end: at + 1, quoted: true };
}
function heredoc(text, start) {
    const [head, marker] = /^<<([A-Za-z0-9_-]+)\r?\n/.exec(text.slice(start, start + 200)) ?? [];
    if (head === undefined)
        return undefined;
    const from = start + head.length;
    const close = new RegExp(`^[ \\t]*${marker}(?=\\s|$)`, "m").exec(text.slice(from));
    if (close === null)
        return { text: text.slice(from), end: text.length, quoted: true };
    return {
        text: text.slice(from, from + close.index).replace(/\r?\n$/, ""),
        end: from + close.index + close[0].length,
        quoted: true,
    };
}
function plainPiece(text, start) {
    let at = start;
    while (at < text.length && !/\s/.test(text.charAt(at))) {
        // A default may contain blanks: `{$NAME:two words}`.
        const close = text.startsWith("{$", at) ? text.indexOf("}", at) : -1;
        const isVariable = close >= 0 && !text.slice(at, close).includes("\n");
        if (!isVariable && /^\\\r?\n/.test(text.slice(at, at + 3)))
            break;
        at = isVariable ? close + 1 : at + 1;
    }
    return { text: text.slice(start, at), end: at, quoted: false };
}

;// CONCATENATED MODULE: ./build/checks/caddy/caddyfile.js
/** The structure of a Caddyfile: global options, snippets and sites, and the directives inside of them. Pure. */

/** Parses as much as possible. A broken file gives no error here, because Caddy reports it. */
function parseCaddyfile(path, text) {
    const tokens = tokensOf(text);
    const parser = new Parser(tokens);
    const blocks = [];
    const imports = [];
    while (!parser.done) {
        if (parser.token?.text === "import" && !parser.token.quoted)
            imports.push(parser.directive());
        else
            blocks.push(parser.block());
    }
    return { path, text, tokens, blocks, imports };
}
/** Every directive and those nested in it, in the order of the text. */
function* directivesIn(directives) {
    for (const directive of directives) {
        yield directive;
        yield* directivesIn(directive.block);
    }
}
/** Every directive of a file, in blocks and outside of them. */
function* allDirectives(file) {
    yield* file.imports;
    for (const { directives } of file.blocks)
        yield* directivesIn(directives);
}
/** Blocks within blocks. No Caddyfile of a project is nested this deeply, and the stack has an end. */
const MAX_DEPTH = 100;
/** Reads tokens one after the other. */
class Parser {
    #tokens;
    #at = 0;
    #depth = 0;
    constructor(tokens) {
        this.#tokens = tokens;
    }
    /** The next token; undefined at the end. */
    get token() {
        return this.#tokens[this.#at];
    }
    get done() {
        return this.token === undefined;
    }
    block() {
        const keys = this.#keys();
        const isSnippet = keys.length === 1 && /^\(.*\)$/.test(keys[0]?.text ?? "");
        const kind = keys.length === 0 ? "options" : isSnippet ? "snippet" : "site";
        // A file with a single site may leave out the braces: the rest of the file is its block.
        return { kind, keys, directives: this.#directives(this.#skipBrace("{")) };
    }
    /** A block's addresses. They end with the line, unless the last one ends with a comma. */
    #keys() {
        const keys = [];
        for (let row = this.token?.row; this.token !== undefined && !isBrace(this.token, "{"); this.#at++) {
            const before = this.#tokens[this.#at - 1];
            if (this.token.row !== row) {
                if (!before?.text.endsWith(","))
                    break;
                row = this.token.row;
            }
            const text = this.token.text.replace(/,$/, "");
            if (text !== "")
                keys.push({ ...this.token, text });
        }
        return keys;
    }
    directive() {
        const name = this.token;
        this.#at++;
        const args = [];
        while (this.token?.row === name.row && !isBrace(this.token, "}")) {
            const opensBlock = isBrace(this.token, "{") && this.#endsRow() && this.#depth < MAX_DEPTH;
            if (!opensBlock)
                args.push(this.token);
            this.#at++;
            if (opensBlock)
                return { name, args, block: this.#directives(true) };
        }
        return { name, args, block: [] };
    }
    #endsRow() {
        return this.#tokens[this.#at + 1]?.row !== this.token?.row;
    }
    /** The directives up to the brace that closes their block; without braces, up to the end of the file. */
    #directives(inBraces) {
        const found = [];
        this.#depth++;
        while (!this.done) {
            if (!this.#skipBrace("}"))
                found.push(this.directive());
            else if (inBraces)
                break;
        }
        this.#depth--;
        return found;
    }
    #skipBrace(brace) {
        if (this.token === undefined || !isBrace(this.token, brace))
            return false;
        this.#at++;
        return true;
    }
}
function isBrace(token, brace) {
    return token.text === brace && !token.quoted;
}


/***/ }),

/***/ 5748:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ collectFiles),
/* harmony export */   X: () => (/* binding */ contextFiles)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _caddyfile_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(382);
/* harmony import */ var _json_config_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2567);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8136);
/* harmony import */ var _variables_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5441);
/**
 * Which files go into Caddy's container, and what caddy.sh is asked to do with them. Reads the checkout through
 * an interface, so it knows no file system.
 */





/** Files that one Caddyfile may import. */
const MAX_FILES = 500;
/**
 * Reads a Caddyfile and everything that it imports from the repository. Other imports may be in the image.
 * @param env the values of `caddy-env`
 * @returns `files` is empty when the Caddyfile itself cannot be read
 */
async function collectFiles(found, env, repository) {
    const folder = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(found.path);
    const files = [];
    const isJson = (0,_json_config_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonConfig */ .PV)(found.path);
    const main = isJson ? _json_config_js__WEBPACK_IMPORTED_MODULE_1__/* .JSON_CONFIG */ .Ac : _layout_js__WEBPACK_IMPORTED_MODULE_2__/* .CADDYFILE */ .Sr;
    const repoPaths = new Map([[main, found.path]]);
    const expanded = (text) => (0,_variables_js__WEBPACK_IMPORTED_MODULE_3__/* .expand */ .fT)(text, (name, fallback) => env.get(name) ?? fallback);
    const queue = [main];
    for (let path = queue.shift(); path !== undefined && files.length < MAX_FILES; path = queue.shift()) {
        const text = await repository.read(repoPaths.get(path) ?? "");
        if (text === undefined) {
            repoPaths.delete(path);
            continue;
        }
        const file = isJson ? (0,_json_config_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJsonConfig */ .Qf)(text) : (0,_caddyfile_js__WEBPACK_IMPORTED_MODULE_4__/* .parseCaddyfile */ .j)(path, text);
        files.push(file);
        for (const imported of (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .importsOf */ .c5)(file, expanded)) {
            const pattern = (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .inRepository */ .yJ)(imported, folder);
            for (const repoPath of pattern === undefined ? [] : await repository.match(pattern)) {
                const inContainer = containerPath(repoPath, folder);
                if (repoPaths.has(inContainer))
                    continue;
                repoPaths.set(inContainer, repoPath);
                queue.push(inContainer);
            }
        }
    }
    // Caddy replaces `{$NAME}` only in a Caddyfile.
    const uses = isJson ? [] : (0,_variables_js__WEBPACK_IMPORTED_MODULE_3__/* .usesIn */ .cS)(files);
    const rendered = TEMPLATE.test(found.path);
    return { ...found, main, files, rendered, repoPaths, uses, env, standIns: (0,_variables_js__WEBPACK_IMPORTED_MODULE_3__/* .standIns */ .dS)(uses, env) };
}
/** Names of files that something else makes a Caddyfile of. */
const TEMPLATE = /\.(tmpl|tpl|template|in|j2|jinja2?|erb|envsubst)$/i;
/** A file's path in the container: relative to the Caddyfile it is the same as in the repository. */
function containerPath(repoPath, folder) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.resolve(_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .FOLDER */ .L7, node_path__WEBPACK_IMPORTED_MODULE_0__.posix.relative(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join("/", folder), node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join("/", repoPath)));
}
/** The files of the build context: `caddyfiles/` is copied into the image, `asked/` is what caddy.sh reads. */
function contextFiles({ files, uses, standIns }) {
    const names = new Set(uses.map(({ name }) => name));
    return new Map([
        ...files.map(({ path, text }) => [`caddyfiles${path}`, text]),
        ["asked/variables", lines([...names].filter((name) => _variables_js__WEBPACK_IMPORTED_MODULE_3__/* .SHELL_NAME */ .tO.test(name)))],
        ["asked/stand-ins", lines([...standIns].map(([name, value]) => `${name} ${value}`))],
        ["asked/files", lines(files.map(({ path }) => path).filter((path) => !(0,_json_config_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonConfig */ .PV)(path)))],
    ]);
}
function lines(items) {
    return items.map((item) => `${item}\n`).join("");
}


/***/ }),

/***/ 9300:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IL: () => (/* binding */ looksLikeCompose),
/* harmony export */   M$: () => (/* binding */ usesStockCaddy),
/* harmony export */   RL: () => (/* binding */ upstreamService),
/* harmony export */   hj: () => (/* binding */ mountAround),
/* harmony export */   ht: () => (/* binding */ caddyService),
/* harmony export */   q1: () => (/* binding */ mayHaveUnknown),
/* harmony export */   qp: () => (/* binding */ servicesIn),
/* harmony export */   u0: () => (/* binding */ sourcesOf),
/* harmony export */   yM: () => (/* binding */ splitWords)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _request_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(702);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8136);
/* harmony import */ var _mounts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4860);
/**
 * The services of the project's compose files: what they run, what they mount, on which ports
 * (docs.docker.com/reference/compose-file/services). Which files production uses together, and which folder it calls compose in, is not known: so every possible reading counts,
 * and what none of them says is unknown. Pure.
 */




/** Whether a file is a compose file, by its name: `compose.yaml`, `docker-compose.prod.yml`. */
function looksLikeCompose(name) {
    return /^(docker-)?compose([._-].+)?\.ya?ml$/i.test(name);
}
/** The services of all compose files, by their repo paths and what was parsed. */
function servicesIn(files) {
    const external = new Set(files.flatMap(({ content }) => (0,_mounts_js__WEBPACK_IMPORTED_MODULE_2__/* .externalVolumes */ .VS)(content)));
    const services = new Map();
    for (const { path, content } of files) {
        for (const [name, value] of Object.entries((0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik)((0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik)(content).services))) {
            const service = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik)(value);
            const before = services.get(name);
            const definition = definitionOf(service, path, external);
            services.set(name, {
                name,
                aliases: [...(before?.aliases ?? []), ...aliasesOf(service)],
                image: definition.image || before?.image || "",
                isBuilt: definition.build !== undefined || before?.isBuilt === true,
                mounts: [...(before?.mounts ?? []), ...definition.mounts],
                isPartial: service.extends !== undefined || service.volumes_from !== undefined || before?.isPartial === true,
                file: before?.file ?? path,
                definitions: before === undefined ? [definition] : [...before.definitions, definition],
            });
        }
    }
    return [...services.values()];
}
/**
 * The one service that is Caddy, by its Caddyfile, else its image, else its name; undefined when no service is, or
 * several are.
 */
function caddyService(services) {
    const signs = [
        ({ mounts }) => mounts.some(({ target }) => /^\/etc\/caddy(\/|$)/.test(target)),
        usesStockCaddy,
        ({ name }) => /(^|[_-])caddy([_-]|$)/i.test(name),
    ];
    for (const sign of signs) {
        const found = services.filter(sign);
        if (found.length > 0)
            return found.length === 1 ? found[0] : undefined;
    }
    return undefined;
}
/** Whether a service runs the official image `caddy`, in which there are no files of the project. */
function usesStockCaddy({ image, isBuilt }) {
    return !isBuilt && (0,_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .isOfficialCaddy */ .fA)(image);
}
/** The one service that a proxy's upstreams lead to: `web:8000` is `web`; undefined when that is not clear. */
function upstreamService(upstreams, services) {
    const hosts = new Set(upstreams.map((upstream) => upstream.replace(/:\d+$/, "")));
    const found = services.filter(({ name, aliases }) => [name, ...aliases].some((one) => hosts.has(one)));
    return found.length === 1 ? found[0] : undefined;
}
/** Whether a service may have something at an absolute path that its compose files do not say. */
function mayHaveUnknown(path, { mounts, isPartial }) {
    return (isPartial ||
        mounts.some(({ target, from }) => target === "" || (from === "unknown" && (0,_mounts_js__WEBPACK_IMPORTED_MODULE_2__/* .isInside */ .FK)(path, target))));
}
/** The innermost mount around an absolute path of a service: it hides those around it. */
function mountAround(path, { mounts }) {
    return mounts
        .filter(({ target }) => target !== "" && (0,_mounts_js__WEBPACK_IMPORTED_MODULE_2__/* .isInside */ .FK)(path, target))
        .sort((a, b) => b.target.length - a.target.length)[0];
}
/**
 * Where the files at an absolute path of a service may come from, by all mounts around it.
 * @returns `volume data/static`, `deploy/static`
 */
function sourcesOf(path, { mounts }) {
    return mounts.flatMap(({ target, from }) => {
        if (from === "unknown" || target === "" || !(0,_mounts_js__WEBPACK_IMPORTED_MODULE_2__/* .isInside */ .FK)(path, target))
            return [];
        const rest = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.relative(target, path);
        if ("volume" in from)
            return [`volume ${node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(from.volume, rest)}`];
        return from.paths.map((folder) => node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(folder, rest));
    });
}
function definitionOf(service, file, external) {
    const folder = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(file);
    return {
        file,
        entrypoint: wordsOf(service.entrypoint),
        command: wordsOf(service.command),
        image: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)(service.image),
        build: service.build === undefined ? undefined : buildOf(service.build, folder),
        workingDir: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)(service.working_dir),
        environment: environmentOf(service.environment),
        ports: [...(0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .list */ .p_)(service.expose), ...(0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .list */ .p_)(service.ports)].flatMap(containerPort),
        mounts: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .list */ .p_)(service.volumes).map((volume) => (0,_mounts_js__WEBPACK_IMPORTED_MODULE_2__/* .mountOf */ .vI)(volume, folder, external)),
        profiles: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .texts */ .Te)(service.profiles),
    };
}
function aliasesOf(service) {
    const networks = Object.values((0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik)(service.networks)).flatMap((one) => (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .texts */ .Te)((0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik)(one).aliases));
    return [...(0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .texts */ .Te)([service.container_name, service.hostname]), ...networks];
}
/** Compose splits a text into words as a shell does, and runs no shell. `$$` is a dollar. */
function wordsOf(value) {
    const words = typeof value === "string" ? splitWords(value) : (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .list */ .p_)(value).map(String);
    return words.length === 0 ? undefined : words.map((word) => word.replaceAll("$$", "$"));
}
const QUOTED = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/gs;
/** The words of a command line, without their quotes. A variable (`${NAME:-a b}`) is a part of its word. */
function splitWords(line) {
    const words = line.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|\$\{[^}]{0,200}\}|[^\s\\])+/gs) ?? [];
    return words.map((word) => word.replace(QUOTED, (_, double, single, escaped) => double?.replace(/\\(["\\$`])/g, "$1") ?? single ?? escaped ?? ""));
}
function buildOf(build, folder) {
    const { context = ".", dockerfile, dockerfile_inline: inline, target, } = typeof build === "string" ? { context: build } : (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik)(build);
    const written = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)(context);
    const isKnown = inline === undefined && written !== "" && !/\$|:\/\//.test(written + (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)(dockerfile) + (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)(target));
    return {
        contexts: isKnown ? [(0,_mounts_js__WEBPACK_IMPORTED_MODULE_2__/* .normalized */ .A9)(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(folder, written)), (0,_mounts_js__WEBPACK_IMPORTED_MODULE_2__/* .normalized */ .A9)(written)] : [],
        dockerfile: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)(dockerfile) || "Dockerfile",
        target: (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .text */ .Qq)(target),
    };
}
/** Both forms: `NAME: value`, and a list of `NAME=value`. A value with a variable in it is not known. */
function environmentOf(value) {
    const pairs = Array.isArray(value)
        ? (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .texts */ .Te)(value).map((line) => [line.replace(/=.*$/s, ""), /=(.*)$/s.exec(line)?.[1]])
        : Object.entries((0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik)(value));
    return new Map(pairs.flatMap(([name, given]) => given === undefined || given === null || typeof given === "object" || String(given).includes("$")
        ? []
        : [[name, String(given)]]));
}
/** The container's side: `8000`, `80:8000`, `127.0.0.1:80:8000/tcp`, and the long form's `target`. */
function containerPort(port) {
    const written = String(typeof port === "object" ? (0,_request_json_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik)(port).target : port);
    const found = /(?:^|:)(\d{1,5})(?:\/\w+)?$/.exec(written)?.[1];
    return found === undefined ? [] : [Number(found)];
}


/***/ }),

/***/ 4034:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $h: () => (/* binding */ servicesOfImage),
/* harmony export */   KV: () => (/* binding */ isProduction),
/* harmony export */   Wt: () => (/* binding */ thisImage)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _mounts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4860);
/** Which services of the compose files run the image of this build in production. Pure. */


/** How compose files name the image that this request builds. */
function thisImage({ image, build, workspace }) {
    return {
        repository: image,
        context: build.contextIsRemote ? "../" : node_path__WEBPACK_IMPORTED_MODULE_0__.posix.relative(workspace, build.context),
        dockerfile: node_path__WEBPACK_IMPORTED_MODULE_0__.posix.relative(workspace, build.file),
        target: build.target,
        code: [],
    };
}
/** Files, services and profiles of these names are not production's. */
const NOT_PRODUCTION = /(^|[\s/._-])(override|dev|devel|development|devcontainer|local|tests?|testing|pytest|ci|e2e|debug|examples?|sample|demo)([\s/._-]|$)/i;
/**
 * The services that run this image in production. One counts only if its build target is ours or none is named, no mount
 * covers the code, and neither its file, its name nor its profiles are those of development. All others are left out.
 * @returns one for each file that says so; where a file names neither image nor build, those of the other files hold
 */
function servicesOfImage(services, image) {
    return services.flatMap((service) => {
        if (service.isPartial || NOT_PRODUCTION.test(service.name))
            return [];
        const all = service.definitions.filter(isProduction);
        return all.flatMap((one) => {
            const others = all.filter((other) => other !== one);
            const isWhole = one.image !== "" || one.build !== undefined;
            const readings = isWhole ? [one] : others.map((other) => together(other, one));
            const counts = readings.length > 0 && readings.every((reading) => runs(reading, image));
            return counts ? readings.slice(0, 1).map((reading) => ({ ...reading, name: service.name })) : [];
        });
    });
}
/** Whether a file and its profiles are not those of development. */
function isProduction({ file, profiles }) {
    return (!NOT_PRODUCTION.test(file.replace(/\.ya?ml$/i, "")) &&
        !profiles.some((profile) => NOT_PRODUCTION.test(profile)));
}
/** As compose merges two files: the second replaces what it says itself, and adds to lists. */
function together(first, second) {
    return {
        ...first,
        file: second.file,
        entrypoint: second.entrypoint ?? first.entrypoint,
        command: second.command ?? first.command,
        workingDir: second.workingDir || first.workingDir,
        environment: new Map([...first.environment, ...second.environment]),
        ports: [...first.ports, ...second.ports],
        mounts: [...first.mounts, ...second.mounts],
    };
}
function runs({ image, build, mounts }, ours) {
    if (mounts.some((mount) => covers(mount, ours)))
        return false;
    // Compose gives the image that it builds the name of `image`.
    if (build !== undefined)
        return ((build.target === "" || build.target === ours.target) &&
            build.contexts.some((context) => context === node_path__WEBPACK_IMPORTED_MODULE_0__.posix.normalize(ours.context) &&
                node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(context, build.dockerfile) === node_path__WEBPACK_IMPORTED_MODULE_0__.posix.normalize(ours.dockerfile)));
    return image.replace(/@.*$/, "").replace(/:[^/]*$/, "") === ours.repository;
}
/** Names of folders that hold data and no code. */
const DATA = /^(media|static(_?files|_root)?|public|assets|uploads?|files|logs?|data|db|database|tmp|run|certs?|ssl|backups?|secrets?|locale|cache|sockets?)$/i;
/** Folders of the system, in which no project keeps its code. */
const SYSTEM = /^\/(etc|var|run|tmp|dev|data|mnt|secrets)(\/|$)/;
/** Whether a mount may hide code of the image. */
function covers({ target, from }, { code }) {
    if (target === "" || code.some((folder) => (0,_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .isInside */ .FK)(folder, target)))
        return true;
    const last = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.basename(target);
    if (from === "unknown" || "volume" in from || DATA.test(last) || /\.(?!py$)\w+$/.test(last))
        return false;
    return code.length === 0 ? !SYSTEM.test(target) : code.some((folder) => (0,_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .isInside */ .FK)(target, folder));
}


/***/ }),

/***/ 2567:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ac: () => (/* binding */ JSON_CONFIG),
/* harmony export */   PV: () => (/* binding */ isJsonConfig),
/* harmony export */   Qf: () => (/* binding */ parseJsonConfig),
/* harmony export */   kO: () => (/* binding */ lineInJson)
/* harmony export */ });
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8136);

/** Its path in the container. By its ending Caddy takes it for JSON, as it does a file without an adapter. */
const JSON_CONFIG = `${_layout_js__WEBPACK_IMPORTED_MODULE_0__/* .FOLDER */ .L7}/caddy.json`;
/** Whether a file is Caddy's JSON, by its name. */
function isJsonConfig(path) {
    return /\.json$/i.test(path);
}
/** A JSON config like a Caddyfile without blocks. Its tokens are the texts in it, the names of its fields among them. */
function parseJsonConfig(text) {
    let tokens;
    return {
        path: JSON_CONFIG,
        text,
        blocks: [],
        imports: [],
        // Such a file may have 10 MB, and only a finding needs them.
        get tokens() {
            tokens ??= textsIn(text);
            return tokens;
        },
    };
}
function textsIn(json) {
    const tokens = [];
    let line = 1;
    const lineEnd = (from) => {
        const at = json.indexOf("\n", from);
        return at < 0 ? json.length : at;
    };
    let next = lineEnd(0);
    for (let start = json.indexOf('"'); start >= 0;) {
        let end = json.indexOf('"', start + 1);
        while (end >= 0 && isEscaped(json, end))
            end = json.indexOf('"', end + 1);
        if (end < 0)
            break;
        for (; next < start; next = lineEnd(next + 1))
            line++;
        tokens.push({ text: json.slice(start + 1, end), line, row: line, quoted: true });
        start = json.indexOf('"', end + 1);
    }
    return tokens;
}
/** Whether an odd number of backslashes is in front of a character. */
function isEscaped(json, at) {
    let first = at;
    while (json[first - 1] === "\\")
        first--;
    return (at - first) % 2 === 1;
}
/** The line of an error of Caddy's in a JSON config; undefined when the message does not lead to one place. */
function lineInJson(message, { text, tokens }) {
    const offset = /, at offset (\d+)$/.exec(message)?.[1];
    if (offset !== undefined)
        return Buffer.from(text)
            .subarray(0, Number(offset) - 1)
            .toString("utf8")
            .split("\n").length;
    const words = [
        /unknown field "([^"]+)"$/,
        /Go struct field \S*?([^\s.]+) of type/,
        /unknown module: (?:\S*\.)?([^\s.]+)$/,
        /[:\s]"?(\/[^\s:"]+)/,
        /loading module '([^']+)'(?!.*loading module ')/s,
        /[`'"]([^`'"\s]+)[`'"]/,
    ].flatMap((pattern) => pattern.exec(message)?.[1] ?? []);
    for (const word of words) {
        const [only, ...more] = tokens.filter((token) => token.text === word);
        if (only !== undefined && more.length === 0)
            return only.line;
    }
    return undefined;
}


/***/ }),

/***/ 8136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L7: () => (/* binding */ FOLDER),
/* harmony export */   Rb: () => (/* binding */ CANDIDATES),
/* harmony export */   Sr: () => (/* binding */ CADDYFILE),
/* harmony export */   Xi: () => (/* binding */ buildsCaddy),
/* harmony export */   c5: () => (/* binding */ importsOf),
/* harmony export */   fA: () => (/* binding */ isOfficialCaddy),
/* harmony export */   mW: () => (/* binding */ copiedBy),
/* harmony export */   uK: () => (/* binding */ portsIn),
/* harmony export */   yJ: () => (/* binding */ inRepository)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _caddyfile_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(382);
/**
 * Where things are: Caddyfiles in the repository, their imports, their paths in the container, and what the
 * project's Dockerfiles say about Caddy and ports. Pure: workspace.ts reads the files.
 */


/** Where shipshape looks for a Caddyfile in the build context, in this order. */
const CANDIDATES = ["Caddyfile", "caddy/Caddyfile", "docker/caddy/Caddyfile", "deploy/Caddyfile"];
/** The Caddyfile's folder in the container: the one that the image `caddy` uses. */
const FOLDER = "/etc/caddy";
const CADDYFILE = `${FOLDER}/Caddyfile`;
/**
 * The files that a Caddyfile may import, as absolute paths in the container that may be patterns (`*`). The name of a
 * snippet is among them, because it looks like a file's.
 * @param expanded the text with its variables replaced; undefined when a value is not known
 */
function importsOf(file, expanded) {
    return [...(0,_caddyfile_js__WEBPACK_IMPORTED_MODULE_1__/* .allDirectives */ ._)(file)].flatMap(({ name, args: [first] }) => {
        if (name.text !== "import" || name.quoted || first === undefined)
            return [];
        const pattern = expanded(first.text);
        // Only Caddy knows the value of a placeholder (`{args[0]}`).
        if (pattern === undefined || pattern === "" || /[{}]/.test(pattern))
            return [];
        return [node_path__WEBPACK_IMPORTED_MODULE_0__.posix.resolve(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(file.path), pattern)];
    });
}
/**
 * The repo path of a path in the container.
 * @param folder the Caddyfile's folder in the repository; empty for its root
 * @returns undefined when it would be outside of the repository
 */
function inRepository(path, folder) {
    const found = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(folder, node_path__WEBPACK_IMPORTED_MODULE_0__.posix.relative(FOLDER, path));
    return found.startsWith("../") || found === ".." || node_path__WEBPACK_IMPORTED_MODULE_0__.posix.isAbsolute(found) ? undefined : found;
}
/** Whether a Dockerfile builds a Caddy image: its last FROM names the image `caddy`. */
function buildsCaddy(dockerfile) {
    const images = [...dockerfile.matchAll(/^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)/gim)].map(([, image = ""]) => image);
    return isOfficialCaddy(images.at(-1) ?? "");
}
/** Whether an image is the official one, by its name. */
function isOfficialCaddy(image) {
    return /^((docker\.io|index\.docker\.io)\/)?(library\/)?caddy([:@]|$)/i.test(image);
}
/** The paths of its build context that a Dockerfile copies; patterns and variables are left out. */
function copiedBy(dockerfile) {
    return [...dockerfile.matchAll(/^[ \t]*(?:COPY|ADD)[ \t]+(.+)$/gim)].flatMap(([, rest = ""]) => {
        if (/--from=/.test(rest))
            return [];
        const words = rest
            .trim()
            .replace(/^\[|\]$/g, "")
            .split(/[\s,]+/);
        const paths = words
            .map((word) => word.replace(/^"|"$/g, ""))
            .filter((word) => word !== "" && !word.startsWith("--"));
        return paths.slice(0, -1).filter((path) => !/^[a-z]+:\/\/|[$*?[]/i.test(path));
    });
}
/** The ports that an image listens on, by the EXPOSE of its Dockerfile and by the arguments of its command. */
function portsIn(dockerfile) {
    const text = dockerfile.replace(/\\\r?\n/g, " ");
    const exposed = [...text.matchAll(/^[ \t]*EXPOSE[ \t]+(.+)$/gim)].map(([, rest = ""]) => rest);
    const commands = [...text.matchAll(/^[ \t]*(?:CMD|ENTRYPOINT)[ \t]+(.+)$/gim)].map(([, rest = ""]) => rest);
    // A variable in EXPOSE may be any port.
    if (exposed.some((rest) => rest.includes("$")))
        return [];
    const ports = [
        ...exposed.flatMap((rest) => [...rest.matchAll(/\b(\d{2,5})(?:\/(?:tcp|udp))?\b/g)]),
        ...commands.flatMap((rest) => [...rest.matchAll(/(?::|--?p(?:ort)?[ =",]+)(\d{2,5})\b/g)]),
    ].map(([, port]) => Number(port));
    return [...new Set(ports)].filter((port) => port > 0 && port < 65_536);
}


/***/ }),

/***/ 4860:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A9: () => (/* binding */ normalized),
/* harmony export */   EH: () => (/* binding */ volumeName),
/* harmony export */   FK: () => (/* binding */ isInside),
/* harmony export */   VS: () => (/* binding */ externalVolumes),
/* harmony export */   vI: () => (/* binding */ mountOf)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _request_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(702);
/**
 * What compose files mount at the folders of a container (docs.docker.com/reference/compose-file/services, "volumes").
 * Pure.
 */


/** Volumes whose files may come from elsewhere: they are made outside of the compose file, or are a folder of another machine. */
function externalVolumes(content) {
    return Object.entries((0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)((0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(content).volumes)).flatMap(([name, volume]) => {
        const { external, driver_opts: options } = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(volume);
        return external === undefined && options === undefined ? [] : [name];
    });
}
/** Reads both syntaxes: `static:/srv/static:ro`, and the long one with `type`, `source` and `target`. */
function mountOf(volume, folder, external) {
    if (typeof volume === "string") {
        // A colon inside of `${NAME:-x}` does not separate anything.
        const [first = "", second] = volume.match(/(?:\$\{[^}]*\}|[^:])+/g) ?? [];
        // A single path is an anonymous volume, which no other service can have.
        if (second === undefined)
            return { target: targetOf(first), from: "unknown" };
        const from = /^[./~]/.test(first) ? folderSource(first, folder) : volumeSource(first, "", external);
        return { target: targetOf(second), from };
    }
    const { type, source, target, volume: options } = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(volume);
    const name = (0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(source);
    const from = type === "bind"
        ? folderSource(name, folder)
        : type === "volume"
            ? volumeSource(name, (0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)((0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)(options).subpath), external)
            : "unknown";
    return { target: targetOf((0,_request_json_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(target)), from };
}
function targetOf(target) {
    return !target.startsWith("/") || target.includes("$") ? "" : normalized(target);
}
/** A relative folder is relative to the compose file, or to the folder that compose is called in. */
function folderSource(source, folder) {
    if (source === "" || source.includes("$"))
        return "unknown";
    if (/^[/~]/.test(source))
        return { paths: [normalized(source)] };
    return { paths: [normalized(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(folder, source)), normalized(source)] };
}
function volumeSource(name, subpath, external) {
    if (name === "" || /\$/.test(name + subpath) || external.has(name))
        return "unknown";
    return { volume: normalized(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(name, subpath)) };
}
/** A path without a slash at its end. */
function normalized(path) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.normalize(path).replace(/(.)\/$/, "$1");
}
/** Whether an absolute path is a folder or inside it. */
function isInside(path, folder) {
    return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}
/** The name of the volume that a mount uses, without a folder in it; undefined for another kind of mount. */
function volumeName({ from }) {
    return from !== "unknown" && "volume" in from ? from.volume.replace(/\/.*/, "") : undefined;
}


/***/ }),

/***/ 5441:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cS: () => (/* binding */ usesIn),
/* harmony export */   dS: () => (/* binding */ standIns),
/* harmony export */   fT: () => (/* binding */ expand),
/* harmony export */   pf: () => (/* binding */ variableStates),
/* harmony export */   sm: () => (/* binding */ valuesOf),
/* harmony export */   tO: () => (/* binding */ SHELL_NAME)
/* harmony export */ });
/** `{$NAME}` or `{$NAME:default}`. */
const VARIABLE = /\{\$([^}:]+)(?::([^}]*))?\}/g;
/** Every use, file by file, in the order of the text. Variables in comments do not count. */
function usesIn(files) {
    return files.flatMap((file) => {
        const sites = file.blocks.filter(({ kind }) => kind === "site");
        // A row holds either addresses or directives, never both.
        const addressRows = new Set(sites.flatMap(({ keys }) => keys.map(({ row }) => row)));
        return file.tokens.flatMap((token) => usesOf(token, file.path, addressRows.has(token.row)));
    });
}
function usesOf(token, file, isAddress) {
    return [...token.text.matchAll(VARIABLE)].map((match) => {
        const [, name = "", fallback] = match;
        const before = token.text.charAt(match.index - 1);
        const where = !isAddress ? "directive" : before === ":" ? "port" : "host";
        const line = token.line + token.text.slice(0, match.index).split("\n").length - 1;
        return { name, fallback, file, line, where };
    });
}
/** Names that a shell accepts for a variable. Only these can be given to Caddy. */
const SHELL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/**
 * Stand-ins for the variables in addresses that have no default: hosts of the reserved domain `example`
 * (RFC 2606) and high ports.
 * @param env what the workflow sets. A variable that the image sets gets a stand-in too, which the container does not use.
 */
function standIns(uses, env) {
    const needed = new Map();
    for (const { name, fallback, where } of uses) {
        if (where === "directive" || fallback !== undefined || env.has(name) || !SHELL_NAME.test(name))
            continue;
        if (needed.get(name) !== "host")
            needed.set(name, where);
    }
    const valueFor = (where, index) => where === "port" ? String(8443 + index) : `shipshape-${index + 1}.example`;
    return new Map([...needed].map(([name, where], index) => [name, valueFor(where, index)]));
}
/**
 * The state of every variable that is used.
 * @param reported what caddy.sh saw before it set stand-ins: `set`, `empty` or `unset`
 */
function variableStates({ uses, env, standIns }, reported) {
    return new Map(uses.map(({ name }) => {
        const state = reported.get(name);
        if (state === "empty")
            return [name, "empty"];
        if (state === "set")
            return [name, env.has(name) ? "given" : "image"];
        return [name, standIns.has(name) ? "stand-in" : "unset"];
    }));
}
/** The values that Caddy saw. One that the image sets is not known outside of the container. */
function valuesOf({ env, standIns }, states) {
    return (name, fallback) => {
        const state = states.get(name);
        if (state === "given" || state === "empty")
            return env.get(name) ?? "";
        return state === "image" ? undefined : (fallback ?? standIns.get(name) ?? "");
    };
}
/** A text with its variables replaced; undefined when one of the values is not known. */
function expand(text, lookUp) {
    let isKnown = true;
    const expanded = text.replace(VARIABLE, (_, name, fallback) => {
        const value = lookUp(name, fallback);
        isKnown &&= value !== undefined;
        return value ?? "";
    });
    return isKnown ? expanded : undefined;
}


/***/ }),

/***/ 6424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  wy: () => (/* binding */ collectingOf),
  G1: () => (/* binding */ fillCaddyContext),
  Tc: () => (/* binding */ findCaddyfile),
  W5: () => (/* binding */ ownCaddy),
  a5: () => (/* binding */ portsOf),
  uw: () => (/* binding */ repositoryAt),
  Yj: () => (/* binding */ servicesOf)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/request/context.js
var context = __webpack_require__(8961);
// EXTERNAL MODULE: ./build/checks/context.js
var checks_context = __webpack_require__(1927);
// EXTERNAL MODULE: ./build/checks/caddy/collect-files.js
var collect_files = __webpack_require__(5748);
// EXTERNAL MODULE: ./build/checks/caddy/compose.js
var compose = __webpack_require__(9300);
;// CONCATENATED MODULE: ./build/checks/caddy/collecting.js
/** Who runs collectstatic: the build, the start of a container, or another file of the repository. Pure. */


/** Programs that collect nothing by themselves. */
const PROGRAMS = /^(python[\d.]*|manage\.py|django-admin|gunicorn|uvicorn|daphne|hypercorn|granian|waitress-serve|celery|(ba|da|a)?sh|exec|env|tini|dumb-init|poetry|uv|pdm|pipenv|run|uwsgi|supervisord|node|npm|npx|yarn|pnpm|nginx|caddy)$/;
/** Images without a start of their own. */
const PLAIN = /^((docker\.io\/)?(library\/)?(python|debian|ubuntu|alpine)|ghcr\.io\/astral-sh\/uv)([:@]|$)/;
const COLLECTS = /collectstatic/;
/** Whether a text names the command, outside of comments. */
function collects(text) {
    return COLLECTS.test(uncommented(text));
}
/**
 * @param dockerfile the text of the Dockerfile
 * @param files repo path → text of the files that may run something; the Dockerfile is none of them
 * @param isComplete no file was left out
 */
function collectingIn(dockerfile, files, isComplete, services) {
    const lines = instructions(dockerfile);
    const own = lines.filter(({ name }) => name === "CMD" || name === "ENTRYPOINT");
    const elsewhere = own.some(({ rest }) => COLLECTS.test(rest)) || [...files.values()].some(collects);
    const scripts = new Set([...files.keys()].map((path) => external_node_path_.posix.basename(path)));
    const isRead = (words) => words.every((word, index) => {
        const name = external_node_path_.posix.basename(word);
        const runs = index === 0 || /^\.?\/|\.sh$/.test(word);
        return !runs || PROGRAMS.test(name) || scripts.has(name);
    });
    const started = services.flatMap(({ definitions }) => definitions
        .filter(({ build }) => build !== undefined)
        .flatMap(({ entrypoint, command }) => [entrypoint ?? [], command ?? []]));
    return {
        inBuild: lines.some(({ name, rest }) => name === "RUN" && COLLECTS.test(rest)),
        elsewhere,
        allRead: isComplete && isPlain(lines) && [...own.map(({ rest }) => wordsIn(rest)), ...started].every(isRead),
    };
}
/** The instructions of a Dockerfile. The lines of a heredoc belong to the one above them. */
function instructions(dockerfile) {
    const found = [];
    for (const line of uncommented(dockerfile)
        .replace(/\\\r?\n/g, " ")
        .split("\n")) {
        const [, name, rest = ""] = /^\s*(FROM|RUN|CMD|ENTRYPOINT|COPY|ADD|ENV|ARG|WORKDIR|USER|EXPOSE|LABEL|SHELL|VOLUME|HEALTHCHECK|STOPSIGNAL|ONBUILD)\s+(.*)$/i.exec(line) ?? [];
        const before = found.at(-1);
        if (name !== undefined)
            found.push({ name: name.toUpperCase(), rest });
        else if (before !== undefined)
            found[found.length - 1] = { ...before, rest: `${before.rest}\n${line}` };
    }
    return found;
}
function uncommented(text) {
    return text.replace(/^\s*#.*$/gm, "");
}
/** The exec form, or the words of a shell's line. */
function wordsIn(rest) {
    return rest.trim().startsWith("[")
        ? [...rest.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word)
        : (0,compose/* splitWords */.yM)(rest);
}
/** Whether the last stage begins with an image that starts nothing. An ENTRYPOINT of another one may do anything. */
function isPlain(lines) {
    const froms = lines
        .filter(({ name }) => name === "FROM")
        .map(({ rest }) => rest.replace(/^(--\S+\s+)+/, "").split(/\s+/));
    let image = froms.at(-1)?.[0] ?? "";
    for (const [base = "", , stage] of froms.toReversed())
        if (stage !== undefined && stage.toLowerCase() === image.toLowerCase())
            image = base;
    return PLAIN.test(image) || lines.some(({ name }) => name === "ENTRYPOINT");
}

// EXTERNAL MODULE: ./build/checks/caddy/json-config.js
var json_config = __webpack_require__(2567);
// EXTERNAL MODULE: ./build/checks/caddy/layout.js
var layout = __webpack_require__(8136);
;// CONCATENATED MODULE: ./build/checks/caddy/workspace.js
/** Reads the checkout for the checks of Caddy: which Caddyfile, which Caddy image, and the files that it gets. */









/** Larger files are not read. Caddy's JSON has every site of a large setup in it. */
const MAX_BYTES = 1024 * 1024;
const MAX_JSON_BYTES = 16 * MAX_BYTES;
/** The Caddyfile that the workflow named, or the first of the candidates; undefined when there is none. */
async function findCaddyfile(request) {
    const { caddy, build, workspace } = request;
    if (caddy.file !== "")
        return { path: caddy.file, named: true, others: [] };
    if (build.contextIsRemote)
        return undefined;
    const repository = repositoryAt(workspace);
    const context = external_node_path_.relative(workspace, build.context);
    const found = [];
    for (const candidate of layout/* CANDIDATES */.Rb) {
        const file = external_node_path_.join(context, candidate);
        if ((await repository.read(file)) !== undefined)
            found.push(file);
    }
    const [first, ...others] = found;
    return first === undefined ? undefined : { path: first, named: false, others };
}
/** The project's own Caddy image, if a Dockerfile for one is named or found; undefined where the stock image is used. */
async function ownCaddy({ caddy, workspace, build }, caddyfile) {
    const folder = external_node_path_.join(workspace, external_node_path_.dirname(caddyfile));
    const named = caddy.dockerfile || (caddy.context === "" ? "" : external_node_path_.join(caddy.context, "Dockerfile"));
    const dockerfile = named || (caddy.imageIsNamed ? undefined : await caddyDockerfileIn(folder));
    if (dockerfile === undefined)
        return undefined;
    return { dockerfile, context: caddy.context || (await contextFor(dockerfile, build.context)) };
}
async function caddyDockerfileIn(folder) {
    const names = (await (0,promises_.readdir)(folder).catch(() => [])).filter(context/* looksLikeDockerfile */.AG).sort();
    for (const name of names) {
        const file = external_node_path_.join(folder, name);
        if ((0,layout/* buildsCaddy */.Xi)((await textOf(file)) ?? ""))
            return file;
    }
    return undefined;
}
/** The build context of a Caddy Dockerfile: its own folder, or the app's context if only that has the files it copies. */
async function contextFor(dockerfile, appContext) {
    const folder = external_node_path_.dirname(dockerfile);
    const copied = (0,layout/* copiedBy */.mW)((await textOf(dockerfile)) ?? "");
    const hasAll = (context) => Promise.all(copied.map((one) => (0,promises_.stat)(external_node_path_.join(context, one)))).then(() => true, () => false);
    return !(await hasAll(folder)) && (await hasAll(appContext)) ? appContext : folder;
}
function textOf(file) {
    return (0,promises_.readFile)(file, "utf8").catch(() => undefined);
}
/** The checkout's plain files. A link that leads out of it is not followed. */
function repositoryAt(workspace) {
    const read = async (file) => {
        const real = await (0,promises_.realpath)(external_node_path_.join(workspace, file)).catch(() => undefined);
        if (real === undefined || !(0,context/* isInside */.FK)(real, await (0,promises_.realpath)(workspace)))
            return undefined;
        const found = await (0,promises_.stat)(real);
        return found.isFile() && found.size <= ((0,json_config/* isJsonConfig */.PV)(file) ? MAX_JSON_BYTES : MAX_BYTES)
            ? textOf(real)
            : undefined;
    };
    const match = async (pattern) => {
        let found = [""];
        for (const segment of pattern.split("/")) {
            const next = found.map(async (folder) => {
                if (!/[*?[]/.test(segment))
                    return [external_node_path_.join(folder, segment)];
                const names = await (0,promises_.readdir)(external_node_path_.join(workspace, folder)).catch(() => []);
                return names.filter((name) => external_node_path_.matchesGlob(name, segment)).map((name) => external_node_path_.join(folder, name));
            });
            found = (await Promise.all(next)).flat();
        }
        const texts = await Promise.all(found.map(read));
        return found.filter((_, index) => texts[index] !== undefined).sort();
    };
    return { read, match };
}
/**
 * Writes the build context of Caddy's solve.
 * @param script path of `caddy.sh`
 */
async function fillCaddyContext(context, files, script) {
    await (0,checks_context/* makeRoom */.mk)(context);
    await (0,checks_context/* putFile */.UN)(external_node_path_.join(context, "caddy.sh"), await (0,promises_.readFile)(script));
    for (const [name, text] of (0,collect_files/* contextFiles */.X)(files))
        await (0,checks_context/* putFile */.UN)(external_node_path_.join(context, name), text);
}
/** The ports that the app's Dockerfile names; empty for a remote build context. */
async function portsOf({ build }) {
    return build.contextIsRemote ? [] : (0,layout/* portsIn */.uK)((await textOf(build.file)) ?? "");
}
/** Files that may run something, by their names. */
const RUNS = /\.(sh|bash|py|ya?ml|toml|ini|conf|mk|just|rb)$|^[^.]+$/i;
const NEVER_IN = /^(node_modules|\.git|\.venv|venv|env|__pycache__|docs|static|media|migrations|locale)$/;
/** Limits on what is searched for collectstatic. */
const MAX_SEARCHED = 2000;
const MAX_DEPTH = 6;
/** Who runs collectstatic, by the texts of the checkout; undefined for a remote build context. */
async function collectingOf({ workspace, build }, services) {
    const dockerfile = build.contextIsRemote ? undefined : await textOf(build.file);
    if (dockerfile === undefined)
        return undefined;
    // The image's own files are served: nothing else needs to collect any.
    if (collects(dockerfile) && !services.some(({ mounts }) => mounts.length > 0))
        return undefined;
    const repository = repositoryAt(workspace);
    const files = new Map();
    let isComplete = true;
    let isFound = false;
    const search = async (folder, depth) => {
        const entries = await (0,promises_.readdir)(external_node_path_.join(workspace, folder), { withFileTypes: true }).catch(() => []);
        isComplete &&= files.size + entries.length <= MAX_SEARCHED && depth < MAX_DEPTH;
        if (!isComplete || isFound)
            return;
        const below = entries.map(async (entry) => {
            const file = external_node_path_.join(folder, entry.name);
            if (entry.isDirectory() && !NEVER_IN.test(entry.name))
                return search(file, depth + 1);
            if (!entry.isFile() || !RUNS.test(entry.name) || (0,context/* looksLikeDockerfile */.AG)(entry.name))
                return;
            const text = (await repository.read(file)) ?? "";
            files.set(file, text);
            isFound ||= collects(text);
        });
        await Promise.all(below);
    };
    await search("", 0);
    return collectingIn(dockerfile, files, isComplete, services);
}
/** Further compose files are not read. */
const MAX_COMPOSE_FILES = 20;
/**
 * The services of the compose files in four folders: the workspace's root, the build context, the Caddyfile's folder
 * and its parent.
 * @param caddyfile its repo path
 */
async function servicesOf({ workspace, build }, caddyfile) {
    const repository = repositoryAt(workspace);
    const context = build.contextIsRemote ? "" : external_node_path_.relative(workspace, build.context);
    const folder = external_node_path_.dirname(caddyfile);
    const folders = new Set(["", context, folder, external_node_path_.dirname(folder)].map((one) => external_node_path_.normalize(one || ".")));
    const names = await Promise.all([...folders].map(async (one) => {
        const all = await (0,promises_.readdir)(external_node_path_.join(workspace, one)).catch(() => []);
        return all.filter(compose/* looksLikeCompose */.IL).map((name) => external_node_path_.join(one, name));
    }));
    const files = names.flat().sort().slice(0, MAX_COMPOSE_FILES);
    const read = files.map(async (file) => ({
        path: file,
        content: await yamlIn(await repository.read(file)),
    }));
    return (0,compose/* servicesIn */.qp)(await Promise.all(read));
}
/** What a YAML text says; undefined when it is none. */
async function yamlIn(text) {
    if (text === undefined)
        return undefined;
    const { parse } = await __webpack_require__.e(/* import() */ 815).then(__webpack_require__.t.bind(__webpack_require__, 8815, 19));
    try {
        // With the log level "silent", half of a file that is not YAML (a template, say) would be read.
        return parse(text, { merge: true, logLevel: "error" });
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 1927:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FZ: () => (/* binding */ writeImageConfig),
/* harmony export */   TT: () => (/* binding */ assignments),
/* harmony export */   UN: () => (/* binding */ putFile),
/* harmony export */   mk: () => (/* binding */ makeRoom),
/* harmony export */   oF: () => (/* binding */ secretKey),
/* harmony export */   rG: () => (/* binding */ fillContext)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7975);
/* harmony import */ var _catalogue_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6965);
/* harmony import */ var _dockerfile_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3188);
/** The build contexts of our own Dockerfiles: folders with fixed modes, the probe's files, variables for a shell. */






/**
 * Fills the context of the solves that run in the image: `probe/` with what the probe is asked, `room/`, `commands/`. File
 * modes are fixed, for they are part of BuildKit's cache key, and a checkout's depend on the umask.
 * @param probe folder of the probe's files, next to the bundle
 * @param services those of compose files that run the image
 */
async function fillContext(context, probe, request, services) {
    await makeRoom(context);
    await copyProbe(probe, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(context, "probe"));
    const checks = (0,_catalogue_js__WEBPACK_IMPORTED_MODULE_4__/* .checksOf */ .tg)("django", request.checks);
    const { timeout, settings, manage, python } = request;
    await writeAsked(context, "request.json", {
        schema: 1,
        // Who compares with the settings needs them loaded.
        checks: checks.length === 0 ? ["settings"] : checks,
        timeout,
        settings,
        manage,
        python,
        collects: await collectingLines(request),
        services,
    });
    // Each command in a file of its own, by its number: a shell reads it, and no quoting comes in between.
    for (const [index, line] of request.commands.lines.entries())
        await putFile((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(context, "commands", String(index + 1)), `${line}\n`);
}
/** Hands the image's config to the probe: ENTRYPOINT, CMD, USER, ENV and so on, as the image specification spells them. */
async function writeImageConfig(context, config) {
    await writeAsked(context, "image.json", { schema: 1, config });
    await putFile((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(context, "probe", "start.txt"), startOf(config));
}
/** ENTRYPOINT and CMD in one line, for a shell that looks for the interpreter which they use. */
function startOf({ Entrypoint, Cmd }) {
    const words = [Entrypoint, Cmd].flatMap((part) => (Array.isArray(part) ? part.map(String) : []));
    return `${words
        .join(" ")
        .replaceAll(/[\r\n]+/g, " ; ")
        .slice(0, 10_000)}\n`;
}
const MOST_LINES = 50;
const LONGEST_LINE = 20_000;
/**
 * The lines of the Dockerfile that name collectstatic, each with the lines that continue it: the probe gives the command the
 * options that it has there. Empty for a remote build context.
 */
async function collectingLines({ build }) {
    if (build.contextIsRemote)
        return [];
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(build.file, "utf8").catch(() => "");
    const lines = text
        .replace(/^[ \t]*#.*\n/gm, "")
        .replace(/\\[ \t]*\r?\n/g, " ")
        .split(/\r?\n/);
    return lines
        .filter((line) => line.includes("collectstatic") && line.length <= LONGEST_LINE)
        .slice(0, MOST_LINES);
}
/** What the probe is asked. All of it is part of the check's cache key, because the file's content is. */
async function writeAsked(context, name, content) {
    await putFile((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(context, "probe", name), JSON.stringify(content));
}
/** The folder of a container's report, below `room/` of a context. */
async function makeRoom(context) {
    await makeFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(context, "room", _dockerfile_js__WEBPACK_IMPORTED_MODULE_5__/* .REPORT */ .ri));
}
/**
 * Writes a file of a build context. Its mode and those of new folders around it are fixed, whatever the runner's umask is:
 * any USER of the image reads them.
 */
async function putFile(file, content) {
    await makeFolder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(file, content);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(file, 0o644);
}
/** A folder and those around it that are not there, with fixed modes. */
async function makeFolder(folder) {
    const first = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true });
    for (let made = folder; first !== undefined && made.length >= first.length; made = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(made))
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(made, 0o755);
}
/** Assignments of any POSIX shell. Where sh is bash, the names that bash keeps for itself would end it. */
function assignments(env) {
    const free = [...env].filter(([name]) => !KEPT_BY_BASH.has(name));
    return free.map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'\n`).join("");
}
const KEPT_BY_BASH = new Set(["UID", "EUID", "PPID", "BASHOPTS", "SHELLOPTS", "BASH_VERSINFO"]);
/**
 * Values of `env` and its like reach a check as a secret, which is in no cache key, so that a check with another
 * value would be answered with the old report. A slow hash of them goes into the key instead: equal values
 * are cached, and the values cannot be guessed from it at a reasonable price. Empty without values.
 */
async function secretKey(env, request) {
    if (env.size === 0)
        return "";
    const values = JSON.stringify([...env].sort(([a], [b]) => (a < b ? -1 : 1)));
    const salt = `shipshape:${request.image}:${request.app}`;
    const key = await (0,node_util__WEBPACK_IMPORTED_MODULE_3__.promisify)(node_crypto__WEBPACK_IMPORTED_MODULE_0__.scrypt)(values, salt, 24);
    return key.toString("hex");
}
async function copyProbe(from, to) {
    for (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(from, { withFileTypes: true })) {
        const source = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(from, entry.name);
        const target = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(to, entry.name);
        if (entry.isDirectory() && entry.name !== "__pycache__")
            await copyProbe(source, target);
        if (entry.isFile())
            await putFile(target, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(source));
    }
}


/***/ }),

/***/ 3188:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OM: () => (/* binding */ secretOf),
/* harmony export */   P0: () => (/* binding */ mounted),
/* harmony export */   WN: () => (/* binding */ COPY_ROOM),
/* harmony export */   Wf: () => (/* binding */ requireNetwork),
/* harmony export */   b7: () => (/* binding */ naming),
/* harmony export */   ko: () => (/* binding */ planOwn),
/* harmony export */   ri: () => (/* binding */ REPORT),
/* harmony export */   wm: () => (/* binding */ exportReports)
/* harmony export */ });
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(328);
/* harmony import */ var _docker_steps_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2118);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9874);
/* harmony import */ var _image_attestations_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9183);
/** What our own Dockerfiles and their solves share: the report's folder, secrets, the network. Pure. */




/** Where a container of ours leaves its report. The context's `room/` has this folder. */
const REPORT = "/.shipshape/report";
/** Puts the report's folder into a stage. `--chmod` reaches what lies below `room/`, so any USER can write there. */
const COPY_ROOM = "COPY --chmod=1777 room/ /";
/**
 * The last stage, which takes the reports of others out. The paths are plain, and the folder is two levels deep, for
 * BuildKit's sake: for a pattern it walks the whole image, and for any path all that lies in the parent folder (measured
 * with python:3.13-slim: 1 s, in which nothing else happens).
 * @param stages name → folder that the report is exported to
 */
function exportReports(stages) {
    return [
        `FROM scratch AS ${_docker_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .STAGES */ .an.report}`,
        ...Object.entries(stages).map(([stage, to]) => `COPY --from=${stage} ${REPORT}/ ${to}`),
        "",
    ];
}
/**
 * The solve of one of our own Dockerfiles. A secret's value goes by environment. A step on the machine's network needs an
 * entitlement, which the target asks for and the call allows.
 * @param name of its bake target
 */
function planOwn(name, own) {
    const { secret, uncached } = own;
    const entitlements = own.network === "host" ? ["network.host"] : [];
    const target = {
        context: own.context,
        "dockerfile-inline": own.text,
        ...own.images,
        ...(secret === undefined ? {} : { secret: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({ id: secret.id, env: secret.variable })] }),
        attest: _image_attestations_js__WEBPACK_IMPORTED_MODULE_2__/* .NO_ATTESTATIONS */ .Ir,
        ...(uncached.length === 0 ? {} : { "no-cache-filter": uncached }),
        ...(entitlements.length === 0 ? {} : { entitlements }),
        output: [(0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .attributes */ .uK)({ type: "local", dest: own.report })],
    };
    return {
        file: { target: { [name]: target } },
        targets: [name],
        allow: entitlements,
        secrets: new Map(secret === undefined ? [] : [[secret.variable, secret.value]]),
        limit: own.limit,
    };
}
/** What names the image that is checked, for a Dockerfile that starts FROM it. */
function naming({ context, platform }) {
    return { contexts: { [_docker_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .IMAGE */ .W1]: context }, ...(platform === "" ? {} : { platforms: [platform] }) };
}
/**
 * @param what it is of: `probe`, `caddy`
 * @param key the slow hash of the values, empty without values
 */
function secretOf(what, key, value) {
    const id = key === "" ? `shipshape-${what}` : `shipshape-${what}-${key.slice(0, 32)}`;
    return { id, variable: `SHIPSHAPE_${what.toUpperCase()}_ENV`, value };
}
/** The secret as a mount of a RUN. */
function mounted({ id }, target) {
    return ` --mount=type=secret,id=${id},target=${target},mode=0444,required`;
}
/** @throws {Failure} when the checks are to use a network that this builder does not share */
function requireNetwork({ checksNetwork }, builder) {
    if (checksNetwork === "none" || builder.hostNetwork)
        return;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_1__/* .Failure */ .HR("Invalid input", `\`checks-network: host\` needs a builder that shares the network of the job's machine, and ${builder.name}, a ` +
        `${builder.driver} builder, does not, or does not say so. Use the engine's own builder (leave out ` +
        "docker/setup-buildx-action, or give its step `driver: docker`), or make one that does: give docker/setup-buildx-action\n" +
        "driver-opts: network=host");
}


/***/ }),

/***/ 9183:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ir: () => (/* binding */ NO_ATTESTATIONS),
/* harmony export */   cF: () => (/* binding */ askedAttestations),
/* harmony export */   gc: () => (/* binding */ manifestAnnotations),
/* harmony export */   nM: () => (/* binding */ indexAnnotations),
/* harmony export */   yK: () => (/* binding */ requireIndex),
/* harmony export */   yg: () => (/* binding */ builtAttestations)
/* harmony export */ });
/* harmony import */ var _docker_builder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7234);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9874);
/* harmony import */ var _request_platforms_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8354);
/* harmony import */ var _platforms_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(482);
/** Attestations and annotations of the user's image: which of them are part of the bytes that are compared. Pure. */




const NO_ATTESTATIONS = ["type=provenance,disabled=true"];
/**
 * Attestations of the build. The docker driver's image is pushed as it is, so it carries its own. Any other builder
 * makes them when it pushes, and the plain manifest is what is compared.
 * @throws {Failure} when the workflow asks for what this builder cannot do
 */
function builtAttestations(request, builder) {
    if (builder.driver !== "docker")
        return NO_ATTESTATIONS;
    if (!(0,_docker_builder_js__WEBPACK_IMPORTED_MODULE_3__/* .isClassic */ .l9)(builder))
        return askedAttestations(request);
    for (const input of ["provenance", "sbom"]) {
        const value = request.build[input];
        if (value !== "" && value !== "false")
            throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", `\`${input}: ${value}\` needs a builder that can attest, and the engine's classic image store cannot. ` +
                "Turn on the containerd image store, use a docker-container builder " +
                `(docker/setup-buildx-action), or set \`${input}: false\`.`);
    }
    return NO_ATTESTATIONS;
}
/**
 * The annotations of one platform's manifest alone. They are part of the bytes that are compared. BuildKit refuses
 * `index:…` where there is no index, and passes over the name of a platform.
 */
function manifestAnnotations({ request, platforms }, platform) {
    return annotationsAt(request.build.annotations, (level) => {
        if (!level.startsWith("manifest") || level.startsWith("manifest-descriptor"))
            return [];
        return (0,_platforms_js__WEBPACK_IMPORTED_MODULE_2__/* .areSeveral */ .Bp)(platforms) ? levelFor(platform, level) : [level];
    });
}
/** The annotations of the index and of its descriptors, which no manifest carries. */
function indexAnnotations(annotations) {
    return annotationsAt(annotations, (level) => /^(index|manifest-descriptor)/.test(level) ? [level] : []).filter((annotation) => LEVELS.test(annotation));
}
/**
 * @throws {Failure} when the workflow annotates an index, and one platform without attestations has none: BuildKit
 *   refuses that only when the image is pushed
 */
function requireIndex({ request: { build }, builder, platforms }) {
    const { provenance, sbom } = build;
    const attests = provenance !== "false" || (sbom !== "" && sbom !== "false");
    const hasIndex = (0,_platforms_js__WEBPACK_IMPORTED_MODULE_2__/* .areSeveral */ .Bp)(platforms) || (attests && !(0,_docker_builder_js__WEBPACK_IMPORTED_MODULE_3__/* .isClassic */ .l9)(builder));
    const [first] = indexAnnotations(build.annotations);
    if (hasIndex || first === undefined)
        return;
    throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", `\`annotations\` has \`${first}\`, and this image has no index to annotate: an index comes with attestations or ` +
        "with several platforms. Write `manifest:` instead, or leave `provenance` at its default.");
}
/** `manifest,index[linux/arm64]:key=value` */
const LEVELS = /^([a-z,-]+(?:\[[^\]]*\])?(?:,[a-z-]+(?:\[[^\]]*\])?)*):(.*=.*)$/s;
/** Annotations with those of their levels that are kept. One without a level is the manifest's. */
function annotationsAt(annotations, keep) {
    return annotations.flatMap((annotation) => {
        const [, levels = "", rest = ""] = LEVELS.exec(annotation) ?? [];
        if (levels === "")
            return [annotation];
        const kept = levels.split(/,(?![^[]*\])/).flatMap(keep);
        return kept.length === 0 ? [] : [`${kept.join(",")}:${rest}`];
    });
}
/** `manifest[linux/arm64]` as `manifest` for that platform, and as nothing for another. */
function levelFor(platform, level) {
    const named = /\[(.*)\]$/.exec(level)?.[1];
    return named === undefined || (0,_request_platforms_js__WEBPACK_IMPORTED_MODULE_1__/* .platformNamed */ .p)(named) === platform ? [level.replace(/\[.*/, "")] : [];
}
/** Attestations of the image that is released. */
function askedAttestations(request) {
    const { provenance, sbom } = request.build;
    const asked = [attestation("provenance", provenance === "" ? "mode=min" : provenance)];
    if (sbom !== "" && sbom !== "false")
        asked.push(attestation("sbom", sbom));
    return asked;
}
function attestation(type, value) {
    if (value === "false")
        return `type=${type},disabled=true`;
    return value === "true" ? `type=${type}` : `type=${type},${value}`;
}


/***/ }),

/***/ 65:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ blame),
/* harmony export */   U: () => (/* binding */ hasNoShell)
/* harmony export */ });
/* harmony import */ var _docker_steps_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2118);
/* harmony import */ var _docker_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8880);


const CANCELED = /(^|: )context canceled$|^CANCELED$/i;
/** An image of an imported cache has its layers elsewhere until a step needs them; others were cleared away. */
const NO_CONTENT = /content (digest )?sha256:[0-9a-f]{64}: not found|content digest sha256:[0-9a-f]{64} not found/;
/** Reads a failed solve's progress and the last line of its error output. */
function blame(progress, stderr) {
    const reason = (0,_docker_words_js__WEBPACK_IMPORTED_MODULE_1__/* .lastWord */ .bx)(stderr);
    const failed = progress.vertexes.filter((one) => one.error !== undefined && !CANCELED.test(one.error));
    const { line, excerpt } = readExcerpt(progress.plain);
    if ((0,_docker_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .isOurExcerpt */ .AQ)(excerpt) || failed.some(isOurs))
        return inOurs(failed, reason);
    const step = failed.find((one) => stepOf(one) !== "");
    const at = line ?? parseErrorLine(reason);
    if (!step && at === undefined && !/target stage ".*" could not be found/.test(reason))
        return fromBuilder(failed, reason);
    return {
        part: "dockerfile",
        step: step ? stepOf(step) : "",
        line: at,
        excerpt,
        reason: step ? ownReason(step) : withoutTarget(reason),
        log: step?.log ?? "",
    };
}
/** A failed solve of one of our own Dockerfiles. */
function inOurs(failed, reason) {
    if (NO_CONTENT.test([reason, ...failed.map(({ error }) => error)].join("\n")))
        return { part: "layers", reason: withoutTarget(reason) };
    const step = failed.find(isOurs);
    if (step === undefined)
        return fromBuilder(failed, reason);
    return { part: "container", missing: missingProgram(step.log), reason: ownReason(step), log: step.log };
}
function isOurs({ names }) {
    return names.size > 0 && [...names].every(_docker_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .isOurStep */ .B9);
}
function fromBuilder(failed, reason) {
    return {
        part: "builder",
        reason: withoutTarget(reason) || failed[0]?.error || "the builder gave no reason",
    };
}
/** Whether the image has no `/bin/sh`, so that our script could not be started in it. */
function hasNoShell(one) {
    return one.part === "container" && one.missing === "/bin/sh";
}
/** The program that the engine could not start, from its own log line; empty when the step failed for another reason. */
function missingProgram(log) {
    return (/exec: "([^"]+)": (?:stat .*no such file|executable file not found|permission denied)/.exec(log)?.[1] ??
        "");
}
function stepOf(vertex) {
    for (const name of vertex.names) {
        const step = (0,_docker_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .readStep */ .jg)(name);
        if (step.kind === "dockerfile")
            return step.instruction;
    }
    return "";
}
function ownReason(vertex) {
    const code = /did not complete successfully: exit code: (\d+)/.exec(vertex.error ?? "")?.[1];
    return code === undefined ? (vertex.error ?? "") : `exit code ${code}`;
}
/** `dockerfile parse error on line 2: …`. */
function parseErrorLine(reason) {
    const line = /parse error on line (\d+)/.exec(reason)?.[1];
    return line === undefined ? undefined : Number(line);
}
function withoutTarget(reason) {
    return reason.replace(/^target \S+: /, "").replace(/^failed to solve: /, "");
}
/**
 * The excerpt that follows the JSON lines: `Dockerfile:3`, a line of dashes, numbered lines with `>>>` at
 * the instruction, a line of dashes. The line is the first marked one.
 */
function readExcerpt(plain) {
    const start = plain.findIndex((line, index) => /^(?!bake\.json:).+:\d+$/.test(line) && /^-{4,}$/.test(plain[index + 1] ?? ""));
    if (start < 0)
        return { line: undefined, excerpt: "" };
    const end = plain.findIndex((line, index) => index > start + 1 && /^-{4,}$/.test(line));
    const lines = plain.slice(start + 2, end < 0 ? undefined : end);
    const marked = lines.find((line) => line.includes(">>>")) ?? "";
    const number = /^\s*(\d+) \|/.exec(marked)?.[1] ?? /:(\d+)$/.exec(plain[start] ?? "")?.[1];
    return { line: number === undefined ? undefined : Number(number), excerpt: lines.join("\n") };
}


/***/ }),

/***/ 1614:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PC: () => (/* binding */ labelsOf),
/* harmony export */   QQ: () => (/* binding */ keptName),
/* harmony export */   t0: () => (/* binding */ KEPT),
/* harmony export */   zb: () => (/* binding */ stagingName)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/** Names and labels of an image that we choose: only this run, machine and commit know them. */

/** What the name of an image that the engine keeps begins with. */
const KEPT = "shipshape/kept:";
/** The OCI labels that we add. None of them changes between two builds of one commit. */
function labelsOf(request, commit) {
    const labels = {
        revision: commit?.head ?? request.run.sha,
        source: request.run.source,
        title: request.app,
        created: commit?.committed ?? "",
    };
    const known = Object.entries(labels).filter(([, value]) => value !== "");
    return new Map(known.map(([name, value]) => [`org.opencontainers.image.${name}`, value]));
}
/** A name that no other step of this run has: the docker driver's, for the image until the verdict. */
function stagingName(request) {
    const run = request.run.id || "local";
    const unique = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(3).toString("hex");
    return `shipshape/${run}-${request.run.attempt}-${slug(request.app) || "app"}-${unique}:staging`;
}
/**
 * The name under which the engine keeps the app's latest image, passed or not. The containerd store throws an
 * image's unpacked layers away with its last name, and the next build would unpack all of them again: seconds,
 * where nothing has changed.
 * @param source the repository's page
 */
function keptName(source, app) {
    const repository = source.replace(/^https?:\/\/[^/]*/, "");
    // The end of a long name distinguishes the apps. A tag may have 128 characters.
    return `${KEPT}${slug(`${repository} ${app}`.slice(-120)) || "app"}`;
}
/** As part of an image's name. */
function slug(text) {
    return text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
}


/***/ }),

/***/ 482:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bp: () => (/* binding */ areSeveral),
/* harmony export */   DN: () => (/* binding */ platformSlug),
/* harmony export */   Wt: () => (/* binding */ platformsOf),
/* harmony export */   yk: () => (/* binding */ allPlatforms)
/* harmony export */ });
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(328);
/* harmony import */ var _docker_builder_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7234);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9874);
/* harmony import */ var _request_platforms_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8354);
/** Which platforms an image is built for, and on which of them the checks run. Pure. */




/** All platforms of the image. */
function allPlatforms({ checked, emulated }) {
    return [...checked, ...emulated];
}
/** Whether the image is built for more than one platform. */
function areSeveral(platforms) {
    return allPlatforms(platforms).length > 1;
}
/**
 * The platforms of a build.
 * @throws {Failure} `Invalid input` when this builder can run the checks on none of them, or cannot keep them
 */
function platformsOf({ platforms, cacheTo }, builder) {
    const native = builder.native.flatMap((platform) => (0,_request_platforms_js__WEBPACK_IMPORTED_MODULE_1__/* .platformNamed */ .p)(platform) ?? []);
    if (platforms.length === 0)
        return { checked: [native[0] ?? ""], emulated: [] };
    const [first, ...others] = platforms.filter((platform) => native.includes(platform));
    const emulated = platforms.filter((platform) => !native.includes(platform));
    if (first === undefined)
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", `\`platforms\` has ${platforms.join(", ")}, and the checks run on the builder's own platform: ` +
            `${native.length === 0 ? `${builder.name} does not say which that is` : `that of ${builder.name} is ${native.join(", ")}`}. ` +
            "Add it, or use a builder of one of these platforms (for linux/arm64: `runs-on: ubuntu-24.04-arm`).");
    if (platforms.length > 1 && (0,_docker_builder_js__WEBPACK_IMPORTED_MODULE_2__/* .isClassic */ .l9)(builder))
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", "Several `platforms` need a builder that can keep them, and the engine's classic image store keeps one. " +
            "Add docker/setup-buildx-action before this step, or turn on the containerd image store.");
    // What was done for one platform would be written into the image of another.
    if (platforms.length > 1 && builder.driver !== "docker" && cacheTo.some(_docker_bake_js__WEBPACK_IMPORTED_MODULE_3__/* .isInline */ .mO))
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_0__/* .Failure */ .HR("Invalid input", "`cache-to: type=inline` writes the cache into the image, and with several `platforms` the image that is pushed " +
            "would not be the one that was checked. Use another type, like `type=registry` or `type=gha`.");
    return { checked: [first, ...others], emulated };
}
/** A platform as part of the name of a folder, a file or a bake target: `linux-arm64`. */
function platformSlug(platform) {
    return platform.replaceAll("/", "-");
}


/***/ }),

/***/ 639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ Solver),
/* harmony export */   l: () => (/* binding */ solveAndRead)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _docker_bake_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(328);
/* harmony import */ var _docker_progress_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2286);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9874);
/* harmony import */ var _blame_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(65);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1614);
/** Runs solves: again where the image is not at fault, and until an answer can be believed. */







/**
 * BuildKit moves the kept name to a new image, and fails when another run has made that name at the same moment (measured:
 * in 8 of 25 tries with four builds at once). From then on the name exists and can be moved.
 */
const NAME_COLLISION = new RegExp(`image "[^"]*${_names_js__WEBPACK_IMPORTED_MODULE_5__/* .KEPT */ .t0}[^"]*": already exists`);
const TRIES_FOR_A_NAME = 4;
/** Runs solves on one builder. */
class Solver {
    #parts;
    /** Solves that bring layers, each run once. */
    #brought;
    constructor(parts, brought = new Map()) {
        this.#parts = parts;
        this.#brought = brought;
    }
    get builder() {
        return this.#parts.builder;
    }
    get docker() {
        return this.#parts.docker;
    }
    get folder() {
        return this.#parts.folder;
    }
    say(line) {
        this.#parts.say(line);
    }
    /** The same, with other parts. */
    with(parts) {
        return new Solver({ ...this.#parts, ...parts }, this.#brought);
    }
    /** The same, with the solves' folders in a folder of that name. */
    within(name) {
        return this.with({ folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(this.folder, name) });
    }
    /** The same, with each event of the progress changed, or left out where the result is undefined. */
    hearing(change) {
        const listen = () => {
            const hear = this.#parts.listen();
            return (event) => {
                const changed = change(event);
                if (changed !== undefined)
                    hear(changed);
            };
        };
        return this.with({ listen });
    }
    /** The same, without its progress in the log. */
    quiet() {
        return this.hearing(() => undefined);
    }
    /**
     * Runs a solve. One that hangs is tried once more, without the caches of other machines.
     * @param name of the solve's folder
     * @throws {Failure} `Build failed` when it hangs again, `Cancelled`
     */
    async solve(name, solve) {
        const first = await this.solveOnce(name, solve);
        if (first.ok || first.why !== "idle")
            return first;
        this.say("The build made no progress for two minutes. Trying once more, without external caches.");
        const second = await this.solveOnce(name, (0,_docker_bake_js__WEBPACK_IMPORTED_MODULE_6__/* .withoutCaches */ .GE)(solve));
        if (second.ok || second.why !== "idle")
            return second;
        throw new _failure_js__WEBPACK_IMPORTED_MODULE_3__/* .Failure */ .HR("Build failed", `The builder ${this.builder.name} took the build twice and did not start a step. Restart it ` +
            "(`docker buildx inspect --bootstrap`), or use another one.");
    }
    /**
     * Runs a solve, again only while another run takes the app's kept name at the same moment.
     * @throws {Failure} `Cancelled`
     */
    async solveOnce(name, solve) {
        const { docker, builder, folder, listen, signal } = this.#parts;
        const hear = listen();
        for (let tries = 1;; tries++) {
            const solved = await docker.bake(solve, { builder, folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name), hear, signal });
            if (solved.ok || solved.why === "idle")
                return solved;
            if (solved.why === "cancelled")
                throw (0,_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .cancelled */ .KW)();
            if (!NAME_COLLISION.test(solved.stderr) || tries === TRIES_FOR_A_NAME)
                return solved;
            this.say("Another run named the app's kept image at the same moment. Trying again.");
        }
    }
    /** Makes the builder bring the layers of an image that it has only by name. */
    async bring(layers) {
        if (!this.#brought.has(layers))
            this.say("The image's layers are still in the build cache's registry: fetching them.");
        // Images of several checks may be brought at the same time.
        const name = `layers-${this.#brought.size + 1}`;
        const bringing = this.#brought.get(layers) ?? this.quiet().solve(name, layers);
        this.#brought.set(layers, bringing);
        await bringing;
    }
}
/**
 * Solves, and reads what the containers left. A cached answer that is not believed is asked for once more, and so is one
 * for which the builder lacked the image's layers.
 * @throws {Failure} `Cancelled`, or what `read` throws
 */
async function solveAndRead(solver, question) {
    const first = await askOnce(solver, question, false);
    if (!first.ok || !first.cached || question.believes(first.answer))
        return first;
    solver.say("The builder's cache holds a failed check: checking again.");
    return askOnce(solver, question, true);
}
async function askOnce(solver, question, again) {
    const { name, folder, plan, answers, read, layers } = question;
    for (let brought = false;; brought = true) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
        const solved = await solver.solve(name, plan(again));
        const { progress } = solved;
        if (solved.ok) {
            // What cannot be found out counts as cached.
            const cached = (0,_docker_progress_js__WEBPACK_IMPORTED_MODULE_2__/* .stepIn */ .eC)(progress.vertexes, answers)?.cached ?? true;
            return { ok: true, answer: await read(progress, cached), cached };
        }
        if (solved.why === "step")
            return { ok: false, why: "step", progress };
        const found = (0,_blame_js__WEBPACK_IMPORTED_MODULE_4__/* .blame */ .S)(progress, solved.stderr);
        if (found.part !== "layers" || layers === undefined || brought)
            return { ok: false, why: "failed", blame: found, progress };
        await solver.bring(layers);
    }
}


/***/ }),

/***/ 888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  prepare: () => (/* binding */ prepare),
  probeFolder: () => (/* binding */ probeFolder),
  removeWork: () => (/* binding */ removeWork)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/checks/context.js
var context = __webpack_require__(1927);
// EXTERNAL MODULE: ./build/checks/caddy/image-services.js
var image_services = __webpack_require__(4034);
// EXTERNAL MODULE: ./build/checks/caddy/workspace.js + 1 modules
var workspace = __webpack_require__(6424);
;// CONCATENATED MODULE: ./build/checks/django/services.js
/** The probe's report has a limit, and so has what it looks at. */
const MOST_SERVICES = 20;
/** Variables that decide which application is loaded, and from where. The values of others may be secrets. */
const DECISIVE = ["DJANGO_SETTINGS_MODULE", "DJANGO_CONFIGURATION", "PYTHONPATH", "PATH"];
/** The services as the probe reads them (`shipshape_probe/start_image.py`). */
function startedServices(services) {
    return services.slice(0, MOST_SERVICES).map((service) => ({
        name: service.name,
        file: service.file,
        entrypoint: service.entrypoint ?? null,
        command: service.command ?? null,
        workingDir: service.workingDir,
        environment: Object.fromEntries([...service.environment].filter(([name]) => DECISIVE.includes(name))),
        mounts: service.mounts.map(({ target }) => target).filter((target) => target !== ""),
    }));
}

;// CONCATENATED MODULE: ./build/checks/django/workspace.js



/** The services that run the image in production. None for a remote build context, and where `start` is not asked for. */
async function servicesToStart(request) {
    const { build, caddy, checks } = request;
    if (build.contextIsRemote || !checks.includes("start"))
        return [];
    const found = await (0,workspace/* servicesOf */.Yj)(request, caddy.file || "Caddyfile");
    return startedServices((0,image_services/* servicesOfImage */.$h)(found, (0,image_services/* thisImage */.Wt)(request)));
}

// EXTERNAL MODULE: ./build/checks/dockerfile.js
var dockerfile = __webpack_require__(3188);
// EXTERNAL MODULE: ./build/docker/environment.js
var environment = __webpack_require__(5472);
// EXTERNAL MODULE: ./build/docker/bake.js
var bake = __webpack_require__(328);
// EXTERNAL MODULE: ./build/request/lists.js + 10 modules
var lists = __webpack_require__(5845);
// EXTERNAL MODULE: ./build/request/reference.js
var reference = __webpack_require__(1659);
;// CONCATENATED MODULE: ./build/image/caches.js
/**
 * Caches of the build: completed with what they need in a matrix, and left out when their server does not
 * answer. BuildKit has no time limit of its own there: one silent server freezes the whole builder.
 */



/** Milliseconds in which a cache's server must answer anything at all. */
const PATIENCE = 2000;
/** The caches that can be named in the bake file. */
async function usableCaches(request, world) {
    const { cacheFrom, cacheTo } = request.build;
    const from = cacheFrom.map((entry) => completeImport(entry, request.app));
    const to = cacheTo.map((entry) => completeExport(entry, request.app));
    const servers = new Set([...from, ...to].map((entry) => serverOf(entry, world.env)));
    const asked = [...servers].map(async (url) => (url === "" || (await answersAt(url, world)) ? [] : [url]));
    const silent = (await Promise.all(asked)).flat();
    for (const url of silent)
        world.say(`The build cache at ${url} does not answer within ${PATIENCE / 1000} s: building without it.`);
    const usable = (entry) => !silent.includes(serverOf(entry, world.env));
    return { cacheFrom: from.filter(usable), cacheTo: to.filter(usable) };
}
function completeImport(entry, app) {
    const fields = fieldsOf(entry);
    return fields.type === "gha" ? (0,bake/* attributes */.uK)(withScope(fields, app)) : entry;
}
/**
 * `mode=max` unless the workflow says otherwise, so that the steps of all stages are in the cache. `ignore-error`, because a
 * fault of a cache never fails a build.
 */
function completeExport(entry, app) {
    const fields = fieldsOf(entry);
    if (fields.type === "inline")
        return entry;
    const { mode = "max", "ignore-error": ignored = "true" } = fields;
    return (0,bake/* attributes */.uK)({ ...withScope(fields, app), mode, "ignore-error": ignored });
}
/** A `gha` cache has one scope an app: with a shared one the legs of a matrix overwrite each other. */
function withScope(fields, app) {
    return fields.type === "gha" ? { scope: app, timeout: "60s", ...fields } : fields;
}
function fieldsOf(entry) {
    const fields = (0,lists/* parseFields */.L5)(entry) ?? [entry];
    // A bare reference is short for a registry cache.
    if (fields.length === 1 && !entry.includes("="))
        return { type: "registry", ref: entry };
    const pairs = fields.map((field) => (0,lists/* pairOf */.cF)(field).map((part = "") => part.trim()));
    return Object.fromEntries(pairs.map(([key = "", value = ""]) => [key.toLowerCase(), value]));
}
/** The URL that must answer before the entry is used; empty where no server is asked. */
function serverOf(entry, env) {
    const fields = fieldsOf(entry);
    if (fields.type === "gha")
        return env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL || "";
    if (fields.type !== "registry" || !fields.ref)
        return "";
    const host = (0,reference/* registry */.u5)(fields.ref);
    const plain = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host);
    return `${plain ? "http" : "https"}://${host}/v2/`;
}
/** Whether anything answers there: any status will do, silence will not. */
async function answersAt(url, world) {
    // Behind a proxy the builder reaches servers that we, who do not speak its protocol, cannot ask.
    if (world.env.HTTPS_PROXY || world.env.https_proxy)
        return true;
    const ask = world.fetch ?? fetch;
    try {
        const response = await ask(url, {
            method: "GET",
            redirect: "manual",
            signal: AbortSignal.timeout(PATIENCE),
        });
        await response.body?.cancel();
        return true;
    }
    catch (error) {
        // Refused at once is harmless (BuildKit goes on); only a server that keeps silent is not.
        return !(error instanceof Error && error.name === "TimeoutError");
    }
}

// EXTERNAL MODULE: ./build/image/names.js
var image_names = __webpack_require__(1614);
// EXTERNAL MODULE: ./build/image/platforms.js
var image_platforms = __webpack_require__(482);
// EXTERNAL MODULE: ./build/image/solver.js
var solver = __webpack_require__(639);
;// CONCATENATED MODULE: ./build/publish/temporary-names.js
class TemporaryNames {
    #docker;
    #names = new Set();
    #removals = [];
    constructor(docker) {
        this.#docker = docker;
    }
    /** A name that will be removed. */
    add(name) {
        this.#names.add(name);
    }
    /** A name that stays after all. */
    keep(name) {
        this.#names.delete(name);
    }
    /** Starts to remove the names there are, and does not wait for it. */
    removeSoon() {
        if (this.#names.size === 0)
            return;
        const removal = this.#docker.remove([...this.#names]);
        this.#names.clear();
        // `removeAll` reports its failure.
        removal.catch(() => { });
        this.#removals.push(removal);
    }
    /** Removes the rest and waits for all of it. */
    async removeAll() {
        this.removeSoon();
        for (const done of await Promise.all(this.#removals))
            if (!done.ok)
                return done;
        return { ok: true };
    }
}

// EXTERNAL MODULE: ./build/docker/steps.js
var steps = __webpack_require__(2118);
// EXTERNAL MODULE: ./build/docker/words.js
var words = __webpack_require__(8880);
;// CONCATENATED MODULE: ./build/reporters/progress.js
/** The build as people watch it: each step when it is done, and what it prints while it runs. */


const WORTH_A_WORD = 100_000;
/**
 * Listeners that write to the log and into the trace, one for each solve, with the commands that `run` has for their
 * steps. Solves at the same time share steps: the first solve that logs a step goes on logging it.
 */
function showProgress(log, commands, trace) {
    const loggers = new Map();
    return () => {
        const logger = {};
        return (event) => {
            trace.hear(event);
            if (event.type === "warning")
                return;
            const first = loggers.get(event.step) ?? logger;
            loggers.set(event.step, first);
            const line = first === logger ? lineOf(event, commands) : undefined;
            if (line !== undefined)
                log.line(line);
        };
    };
}
/** What the log says of an event; undefined for nothing. */
function lineOf(event, commands) {
    const command = commands[((0,steps/* commandOf */.Nl)(event.name) ?? 0) - 1];
    const title = command === undefined ? (0,steps/* stepText */.uw)(event.name) : `[run] ${command}`;
    if (event.type === "completed" && event.error)
        return `${title} … ERROR: ${event.error}`;
    // Steps that only we and BuildKit care for.
    if (/^(internal|probe|caddy)$/.test((0,steps/* readStep */.jg)(event.name).kind))
        return undefined;
    switch (event.type) {
        case "started":
            return title;
        case "log":
            return `  ${event.line}`;
        case "running": {
            const doing = event.doing === "" ? "" : ` (${event.doing})`;
            return `${title}${doing} … still running, ${event.seconds.toFixed(0)} s${moved(event.bytes)}`;
        }
        case "completed":
            if (event.cached)
                return `${title} … cached`;
            return event.seconds < 0.1
                ? undefined
                : `${title} … ${event.seconds.toFixed(1)} s${moved(event.bytes)}`;
    }
}
/** What a step brought over the network, when it is worth a word. */
function moved(bytes) {
    return bytes < WORTH_A_WORD ? "" : `, ${(0,words/* sizeText */.lP)(bytes)}`;
}

;// CONCATENATED MODULE: ./build/reporters/trace.js
class Trace {
    #steps = new Map();
    #warnings = new Map();
    /** Takes an event of any solve. */
    hear(event) {
        if (event.type === "warning") {
            const { source, line, message } = event.warning;
            this.#warnings.set(JSON.stringify([source, line, message]), event.warning);
        }
        if (event.type !== "completed")
            return;
        const known = this.#steps.get(event.step);
        if (known !== undefined && (event.cached || known.seconds >= event.seconds))
            return;
        this.#steps.set(event.step, { ...event, name: known?.name ?? event.name });
    }
    /** Every step, by its beginning. */
    get steps() {
        return [...this.#steps.values()].sort((a, b) => a.started - b.started);
    }
    /** What `docker build --check` says, each once, of every Dockerfile of the build. */
    get warnings() {
        return [...this.#warnings.values()];
    }
}

// EXTERNAL MODULE: ./build/request/git.js
var request_git = __webpack_require__(6110);
;// CONCATENATED MODULE: ./build/request/checkout.js
/**
 * Where the repository is in the workspace, and which commit of it is checked out. actions/checkout may put it into
 * a folder (`path`), and may take another commit (`ref`) or another repository. Annotations and links depend on it.
 */


/**
 * Asks git where `folder` is in its checkout, in two calls at the same time.
 * @returns the folder's path from the root of the checkout, like `apps/shop/` (empty for the root, or without a checkout),
 *   and the URL of the remote `origin`, without credentials
 */
async function whereabouts(git, folder) {
    const [prefix, origin] = await Promise.all([
        git(folder, ["rev-parse", "--show-prefix"]),
        (0,request_git/* originOf */.yv)(git, folder),
    ]);
    return { prefix: prefix.replace(/\n$/, ""), origin };
}
/**
 * Describes the checkout, from what git said about it and from the run.
 * @param folder the folder that git was asked about
 * @param commit the commit that is checked out; when git does not know it, the event's commit is assumed
 */
function checkoutOf({ prefix, origin }, folder, commit, { workspace, run }) {
    const page = pageOf(origin);
    const ours = page === "" || run.source === "" || page.toLowerCase() === run.source.toLowerCase();
    const sha = commit?.head ?? run.sha;
    // The head of a pull request is not the merge commit of its event, but has the same lines.
    const same = commit === undefined || [sha, ...commit.parents].includes(run.sha);
    return {
        folder: rootIn(workspace, folder, prefix),
        sha,
        source: ours ? run.source : sameHost(page, run.source) ? page : "",
        annotated: ours && (same || run.event.startsWith("pull_request")),
    };
}
/** The root of the checkout, relative to the workspace. */
function rootIn(workspace, folder, prefix) {
    const inner = prefix.replace(/\/$/, "");
    const root = inner === "" ? folder : folder.endsWith(`/${inner}`) ? folder.slice(0, -inner.length - 1) : workspace;
    const path = (0,external_node_path_.relative)(workspace, root);
    return path.startsWith("..") ? "" : path;
}
/** `git@github.com:acme/shop.git` → `https://github.com/acme/shop`; empty for any other form. */
function pageOf(origin) {
    const match = /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(origin) ??
        /^(?:[^/@]+@)?([^/:]+):(?!\/)(.+)$/.exec(origin);
    if (match === null)
        return "";
    const [, host = "", path = ""] = match;
    return `https://${host}/${path.replace(/\/$/, "").replace(/\.git$/, "")}`;
}
/** Whether two pages are on the same server: then their URLs have the same form. */
function sameHost(a, b) {
    return URL.canParse(a) && URL.canParse(b) && new URL(a).hostname === new URL(b).hostname;
}

;// CONCATENATED MODULE: ./build/ship/prepare.js
/** What a step needs before its first solve: folders, the builder, git's facts, caches that answer, a solver. */
















/** Prepares a step. Of one that cannot be prepared nothing is left behind but the folder for the report. */
async function prepare(request, world) {
    const folders = await makeFolders(world.env, request.app);
    const services = servicesToStart(request);
    const filling = services.then((found) => (0,context/* fillContext */.rG)(folders.context, world.probe, request, found));
    try {
        const [step] = await Promise.all([prepareIn(folders, request, world, services), filling]);
        return { ok: true, step };
    }
    catch (error) {
        const [filled] = await Promise.allSettled([filling]);
        const isFilled = filled.status === "fulfilled";
        await (0,promises_.rm)(isFilled ? folders.work : folders.kept, { recursive: true, force: true }).catch(() => { });
        return { ok: false, error, setting: isFilled ? { folder: folders.kept } : {} };
    }
}
/** @throws {Failure} `Invalid input`, `Build failed` */
async function prepareIn(folders, request, world, services) {
    const { env, docker, log } = world;
    const { build } = request;
    const say = (line) => log.line(line);
    const git = (0,request_git/* gitWith */.Bn)((0,environment/* childEnvironment */.Q)(env));
    const folder = build.contextIsRemote ? request.workspace : build.context;
    const [builder, commit, where, caches, key] = await Promise.all([
        // Only a builder that runs says which platforms it has.
        docker.inspect(build.builder, { start: build.platforms.length > 0 }),
        (0,request_git/* gitFacts */.gi)(git, folder),
        whereabouts(git, folder),
        usableCaches(request, { env, say }),
        (0,context/* secretKey */.oF)(request.env, request),
    ]);
    const platforms = (0,image_platforms/* platformsOf */.Wt)(build, builder);
    (0,dockerfile/* requireNetwork */.Wf)(request, builder);
    const names = {
        staging: (0,image_names/* stagingName */.zb)(request),
        kept: (0,image_names/* keptName */.QQ)(request.run.source, request.app),
        labels: (0,image_names/* labelsOf */.PC)(request, commit),
        ...caches,
    };
    const checkout = checkoutOf(where, folder, commit, request);
    const trace = new Trace();
    const listen = showProgress(log, request.commands.lines, trace);
    const temporary = new TemporaryNames(docker);
    if (builder.driver === "docker")
        temporary.add(names.staging);
    return {
        request,
        world,
        folders,
        source: { request, builder, names, platforms },
        setting: { folder: folders.kept, platforms, checkout, trace },
        solver: new solver/* Solver */.O({ docker, builder, folder: folders.work, listen, say }),
        temporary,
        secretKey: key,
        services: await services,
    };
}
async function makeFolders(env, app) {
    const kept = await (0,promises_.mkdtemp)((0,external_node_path_.join)(env.RUNNER_TEMP || (0,external_node_os_.tmpdir)(), `shipshape-${app}-`));
    const work = (0,external_node_path_.join)(kept, "work");
    return { kept, work, context: (0,external_node_path_.join)(work, "context") };
}
/** Removes everything but the report. */
async function removeWork({ work }) {
    await (0,promises_.rm)(work, { recursive: true, force: true });
}
/** Where the probe's files lie: next to the bundle. */
function probeFolder(bundle) {
    return (0,external_node_path_.join)((0,external_node_path_.dirname)(bundle), "probe");
}


/***/ })

};
