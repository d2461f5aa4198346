// The days of a year, and the changes that an administrator has made to them.

export type Kind = "working" | "weekend" | "holiday" | "makeup";

export interface Year {
  holidays: string[];
  makeup_workdays: string[];
}

const at = (day: string) => new Date(`${day}T00:00:00Z`);
const text = (date: Date) => date.toISOString().slice(0, 10);

/// Returns the day of the week; 0 is Sunday.
export const weekdayOf = (day: string) => at(day).getUTCDay();

export function kindOf(year: Year, day: string): Kind {
  if (year.holidays.includes(day)) return "holiday";
  if (year.makeup_workdays.includes(day)) return "makeup";
  return weekdayOf(day) % 6 === 0 ? "weekend" : "working";
}

/// Makes a free day a working day, and a working day free.
export function toggled(year: Year, day: string): Year {
  const kind = kindOf(year, day);
  const without = (days: string[]) => days.filter((one) => one !== day);
  const added = (days: string[]) => [...days, day].sort();
  return {
    holidays: kind === "working" ? added(year.holidays) : without(year.holidays),
    makeup_workdays:
      kind === "weekend" ? added(year.makeup_workdays) : without(year.makeup_workdays),
  };
}

export const shifted = (day: string, days: number) =>
  text(new Date(at(day).getTime() + days * 86_400_000));

/// Returns the weeks of a month, Monday first, with empty texts for the days of other months.
export function weeksOf(year: number, month: number): string[][] {
  const first = `${year}-${String(month).padStart(2, "0")}-01`;
  const days: string[] = Array((weekdayOf(first) + 6) % 7).fill("");
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = shifted(day, 1)) days.push(day);
  const weeks = [];
  for (let from = 0; from < days.length; from += 7) weeks.push(days.slice(from, from + 7));
  return weeks;
}
