// Standard input: {name: MJML source}; output: {name: [complaint]} of mjml's own validator.
import { File } from "node:buffer";
import { readFileSync } from "node:fs";

// Debian 12 has Node 18, where undici, which mjml loads and does not use here, misses a global.
globalThis.File ??= File;
const { default: mjml } = await import("mjml");

const sources = JSON.parse(readFileSync(0, "utf8"));
const said = {};
for (const [name, source] of Object.entries(sources)) {
  try {
    // "soft" lists what "strict" throws at, all of it and not the first alone.
    const { errors } = await mjml(source, { validationLevel: "soft", minify: false });
    said[name] = errors.map((one) => `line ${one.line} (${one.tagName}): ${one.message}`);
  } catch (cause) {
    said[name] = [String(cause.message ?? cause)];
  }
}
process.stdout.write(JSON.stringify(said));
