// Merge of two users' changes of the same value.

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

/// Returns their value, with my changes since both began. Where both changed the same part, mine
/// wins.
export function merged(began: unknown, mine: unknown, theirs: unknown): unknown {
  if (JSON.stringify(mine) === JSON.stringify(began)) return theirs;
  if (isObject(began) && isObject(mine) && isObject(theirs)) {
    const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
    const all = names.map((name) => [name, merged(began[name], mine[name], theirs[name])] as const);
    return Object.fromEntries(all.filter(([, value]) => value !== undefined));
  }
  if (isTexts(began) && isTexts(mine) && isTexts(theirs)) {
    const kept = theirs.filter((one) => mine.includes(one) || !began.includes(one));
    return [...kept, ...mine.filter((one) => !began.includes(one) && !theirs.includes(one))];
  }
  return mine;
}
