// Standard input: {name: HTML}; output: {name: ["feature\tlevel\tclient"]}, sorted, each once.
// Level: none or partial. Bulgarian webmail is not in the data.
import { readFileSync } from "node:fs";
import { caniemail, rawData } from "caniemail";

// caniemail 2.0.2 throws at a feature that was never tried in one of the programs; such a pair is
// unknown, which is no complaint.
const programs = new Map();
for (const { stats } of rawData.data)
  for (const [family, platforms] of Object.entries(stats))
    for (const platform of Object.keys(platforms)) programs.set(`${family}.${platform}`, [family, platform]);
for (const { stats } of rawData.data)
  for (const [family, platform] of programs.values())
    (stats[family] ??= {})[platform] ??= { untried: "u" };

const mails = JSON.parse(readFileSync(0, "utf8"));
const said = {};
for (const [name, html] of Object.entries(mails)) {
  const { issues } = caniemail({ clients: ["*"], html });
  const lines = new Set();
  for (const [level, found] of [["none", issues.errors], ["partial", issues.warnings]])
    for (const [client, rows] of found)
      for (const row of rows) lines.add(`${row.title}\t${level}\t${client}`);
  said[name] = [...lines].sort();
}
process.stdout.write(JSON.stringify(said));
