// Builds the static files of Vì Dân: `npm ci && node build.mjs`.
// Out: ../src/vidan/built/static (css, js, fonts, img), built/fonts (Tinos for the papers),
// built/test (axe for the browser tests). Nothing of it is committed.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = join(here, "node_modules");
const built = join(here, "..", "src", "vidan", "built");
const ready = join(built, "static");
const out = join(built, "static.next"); // swapped in when all of it is there

const TEXT = "@fontsource/be-vietnam-pro";
const DIGITS = "@fontsource/ibm-plex-sans";
const SUBSETS = ["latin", "latin-ext", "vietnamese"];
const TINOS = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"];

function put(path, text) {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}

function copy(from, to) {
  mkdirSync(join(to, ".."), { recursive: true });
  copyFileSync(from, to);
}

function face({ family, weight, file, range, more = "" }) {
  return `@font-face{font-family:"${family}";font-style:normal;font-display:swap;font-weight:${weight};`
    + `src:url("../fonts/${file}") format("woff2");unicode-range:${range};${more}}`;
}

/** Copies the web fonts and returns their @font-face rules, subsets kept apart by unicode-range. */
function fonts() {
  const ranges = JSON.parse(readFileSync(join(modules, TEXT, "unicode.json"), "utf8"));
  const rules = [];
  for (const weight of [400, 600, 700]) {
    for (const subset of SUBSETS) {
      const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
      copy(join(modules, TEXT, "files", file), join(out, "fonts", file));
      rules.push(face({ family: "Be Vietnam Pro", weight, file, range: ranges[subset] }));
    }
  }
  // Be Vietnam Pro has no tabular figures: a face for the ten digits alone stands before it.
  for (const [source, weight] of [[400, "400"], [600, "500 700"]]) {
    const file = `ibm-plex-sans-latin-${source}-normal.woff2`;
    copy(join(modules, DIGITS, "files", file), join(out, "fonts", file));
    rules.push(face({ family: "Vi Dan So", weight, file, range: "U+30-39", more: "size-adjust:103%" }));
  }
  return rules.join("\n");
}

async function styles(fontFaces) {
  for (const [name, before] of [["face", fontFaces], ["desk", ""]]) {
    const css = sass.compile(join(here, "scss", `${name}.scss`), { loadPaths: [modules], quietDeps: true }).css;
    const { code } = await esbuild.transform(`${before}\n${css}`, { loader: "css", minify: true, target: ["chrome90", "safari14", "firefox90"] });
    put(join(out, "css", `${name}.css`), code);
  }
}

function papers() {
  for (const style of TINOS) {
    const file = `Tinos_${style}.ttf`;
    copy(join(modules, "@expo-google-fonts", "tinos", style, file), join(built, "fonts", file));
  }
}

function sizes(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const gz = /\.(css|js|svg)$/.test(path) ? ` (${(gzipSync(readFileSync(path)).length / 1024).toFixed(1)} gz)` : "";
    console.log(`${relative(built, path).padEnd(62)}${(statSync(path).size / 1024).toFixed(1).padStart(8)} kB${gz}`);
  }
}

rmSync(out, { recursive: true, force: true });
await styles(fonts());
await esbuild.build({
  entryPoints: [join(here, "js", "portal.js"), join(here, "js", "desk.js")],
  outdir: join(out, "js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  legalComments: "none",
});
for (const name of readdirSync(join(here, "img"))) copy(join(here, "img", name), join(out, "img", name));
papers();
copy(join(modules, "axe-core", "axe.min.js"), join(built, "test", "axe.min.js"));
for (const [name, from] of [["be-vietnam-pro", TEXT], ["ibm-plex-sans", DIGITS]]) {
  copy(join(modules, from, "LICENSE"), join(out, "fonts", `${name}.LICENSE.txt`));
}
copy(join(modules, "@expo-google-fonts", "tinos", "LICENSE_FONT"), join(built, "fonts", "tinos.LICENSE.txt"));
rmSync(ready, { recursive: true, force: true });
renameSync(out, ready);
sizes(built);
