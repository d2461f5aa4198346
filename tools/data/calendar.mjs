// Writes workflows/data/calendar.json: the State Council's holidays and make-up working days, from
// the npm package chinese-days. Run `npm ci && npm run calendar` when a new year is published.
import { readFileSync, writeFileSync } from "node:fs";

const folder = new URL("node_modules/chinese-days/", import.meta.url);
const { version, license } = JSON.parse(readFileSync(new URL("package.json", folder)));
const facts = JSON.parse(readFileSync(new URL("dist/chinese-days.json", folder)));

const firstYear = 2019;
const of = (dates, year) => Object.keys(dates).filter((date) => date.startsWith(`${year}-`)).sort();
const published = Object.keys(facts.holidays).map((date) => Number(date.slice(0, 4)));
const lastYear = Math.max(...published);

const years = [];
for (let year = firstYear; year <= lastYear; year++) {
    years.push({
        year,
        holidays: of(facts.holidays, year),
        makeup_workdays: of(facts.workdays, year),
    });
}
const source =
    `npm package chinese-days ${version} (${license}), from the notices of the General Office ` +
    "of the State Council; holidays lists every day off, also those that fall on a weekend";
const lines = years.map((year) => "  " + JSON.stringify(year));
const target = new URL("../../workflows/data/calendar.json", import.meta.url);
writeFileSync(target, `{"source":${JSON.stringify(source)},\n "years":[\n${lines.join(",\n")}\n]}\n`);
console.log(`calendar: ${firstYear} to ${lastYear}`);
