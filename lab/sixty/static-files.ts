/** The static files of one app. */
import { deflateSync } from "node:zlib";

/** Four style sheets, three scripts and three images, each sheet referring to others. */
export function staticFiles(name: string, app: number): Record<string, string | Uint8Array> {
  const root = `${name}/static/${name}`;
  const rules = (sheet: number) =>
    Array.from(
      { length: 20 },
      (_, rule) =>
        `.${name}-${sheet}-${rule} {\n  margin: ${rule}px;\n  background: url("../img/${rule % 3}.png");\n}\n`,
    ).join("\n");
  const files: Record<string, string | Uint8Array> = {
    [`${root}/css/site.css`]: `@import url("table.css");\n@import url("form.css");\n@import url("print.css");\n\n${rules(0)}`,
    [`${root}/css/table.css`]: rules(1),
    [`${root}/css/form.css`]: rules(2),
    [`${root}/css/print.css`]: rules(3),
  };
  for (const [index, script] of ["main", "table", "form"].entries()) {
    files[`${root}/js/${script}.js`] = Array.from(
      { length: 40 },
      (_, line) => `export const step${line} = (x) => x * ${app + 1} + ${index * 40 + line};\n`,
    ).join("");
  }
  for (let image = 0; image < 3; image++) files[`${root}/img/${image}.png`] = png(app, image);
  return files;
}

/** A PNG of 8 by 8 pixels in one colour. */
function png(app: number, image: number): Uint8Array {
  const row = [0, ...Array.from({ length: 8 }, () => [app * 4, image * 80, 128]).flat()];
  const pixels = deflateSync(Buffer.from(Array.from({ length: 8 }, () => row).flat()));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(8, 0);
  header.writeUInt32BE(8, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
