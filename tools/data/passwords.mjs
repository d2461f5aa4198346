// Writes engine/data/common_passwords.json: the commonest passwords that are long enough to be
// tried, from the npm package @zxcvbn-ts/language-common, and some that are common in China.
// Run `npm ci && npm run passwords`.
import { readFileSync, writeFileSync } from "node:fs";

const count = 5000;
const shortest = 8;
const folder = new URL("node_modules/@zxcvbn-ts/language-common/", import.meta.url);
const { version, license } = JSON.parse(readFileSync(new URL("package.json", folder)));
const known = JSON.parse(readFileSync(new URL("src/passwords.json", folder))); // commonest first
const chinese =
    ("a1234567 a123456789 aa123456 abc12345 abc123456 123456abc qq123456 asd123456 woaini1314 " +
    "woaini520 5201314520 1314520520 wang1234 qwer1234 zxcvbnm123 admin123 admin888 passw0rd " +
    "66666666 88888888").split(" ");

const long = known.filter((word) => word.length >= shortest).slice(0, count);
const words = [...new Set([...long, ...chinese].map((word) => word.toLowerCase()))].sort();
const source = `npm package @zxcvbn-ts/language-common ${version} (${license}; © 2012-2016 Dan Wheeler ` +
    "and Dropbox, Inc., © 2021 zxcvbn-ts), and some by hand";
const target = new URL("../../engine/data/common_passwords.json", import.meta.url);
const lines = words.map((word) => JSON.stringify(word));
writeFileSync(target, `{"source":${JSON.stringify(source)},\n"passwords":[\n${lines.join(",\n")}\n]}\n`);
console.log(`passwords: ${words.length}`);
