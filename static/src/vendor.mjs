// Copies the two browser libraries out of node_modules, without their source-map comments
// (the maps aren't shipped) and with a line that names their version and licence.
import { readFileSync, writeFileSync } from "node:fs";

const libraries = [
  {
    name: "govuk-frontend",
    file: "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js",
    notice: "MIT, Copyright (C) 2017 Crown Copyright (Government Digital Service): see govuk-frontend.LICENCE.txt",
  },
  {
    name: "htmx.org",
    file: "node_modules/htmx.org/dist/htmx.min.js",
    notice: "Zero-Clause BSD: see htmx.LICENCE.txt",
  },
];

for (const { name, file, notice } of libraries) {
  const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const source = readFileSync(file, "utf8").replace(/\/\/# sourceMappingURL=.*/, "").trim();
  const target = `static/js/${name.replace(".org", "")}.min.js`;
  writeFileSync(target, `/*! ${name} ${version}. ${notice} */\n${source}\n`);
}
