// Working days of the State Council's calendar, in the time of the province (+08:00).

import { reactive } from "vue";

import { read } from "@/api/client";
import type { Schema } from "@/api/schema";

const dayMs = 86_400_000;
const furthest = 400; // days that are looked at
const years = reactive(new Map<number, { holidays: Set<string>; makeups: Set<string> }>());
const asked = new Set<number>();

async function load(year: number) {
  if (asked.has(year)) return;
  asked.add(year);
  const found = await read<Schema<"CalendarYear">>(`/calendar/${year}`);
  // A year without data counts as plain weekdays, as the server does.
  years.set(year, {
    holidays: new Set(found.ok ? found.value.holidays : []),
    makeups: new Set(found.ok ? found.value.makeup_workdays : []),
  });
}

/// Discards a year that has been changed.
export function forgetYear(year: number) {
  asked.delete(year);
  years.delete(year);
}

const dayOf = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
export const today = () => dayOf(Date.now());

function isWorkingDay(day: string): boolean | undefined {
  const year = years.get(Number(day.slice(0, 4)));
  if (!year) {
    void load(Number(day.slice(0, 4)));
    return undefined;
  }
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return year.makeups.has(day) || (weekday !== 0 && weekday !== 6 && !year.holidays.has(day));
}

/// Returns the working days after today up to and including the day of `time`; negative if it is
/// past. Returns undefined if the calendar is not loaded yet, or if the day is too far away.
export function workingDaysLeft(time: string): number | undefined {
  const due = Date.parse(`${time.slice(0, 10)}T00:00:00Z`);
  const now = Date.parse(`${today()}T00:00:00Z`);
  if (Math.abs(due - now) > furthest * dayMs) return undefined;
  const [from, to] = due >= now ? [now, due] : [due, now];
  let days = 0;
  for (let ms = from + dayMs; ms <= to; ms += dayMs) {
    const working = isWorkingDay(new Date(ms).toISOString().slice(0, 10));
    if (working === undefined) return undefined;
    if (working) ++days;
  }
  return due >= now ? days : -days;
}

export const dateOf = (time: string | undefined) => time?.slice(0, 10) ?? "";
export const timeOf = (time: string | undefined) => time?.slice(0, 16).replace("T", " ") ?? "";
