// Problems that await a visit, with all data needed on the way. Each answer of the server is kept
// on the phone.

import { defineStore } from "pinia";
import { ref, shallowRef } from "vue";

import { copyOf, keepCopy, type Copy } from "@/offline/copies";
import { useOrganisations } from "@/organisations/organisations";
import { listProblems, readProblem, type Problem } from "../problem";
import { language } from "@/texts";

export interface Awaited {
  problem: Problem; // with its description
  place: string; // "于都县 贡江镇"
  leadUnit: string;
}

const most = 100;
const copyName = () => `visits.${language()}`;

export const useVisits = defineStore("visits", () => {
  const organisations = useOrganisations();
  const copy = shallowRef<Copy<Awaited[]> | undefined>();
  const total = ref(0);
  const fresh = ref(false); // as the server says now

  async function nameOf(code: string | undefined): Promise<string> {
    return code ? ((await organisations.find(code))?.name ?? code) : "";
  }

  async function placeOf(region: string): Promise<string> {
    const place = await organisations.find(region);
    if (!place || place.level === "province") return place?.name ?? region;
    const above = place.level === "township" ? `${await nameOf(place.parent)} ` : "";
    return above + place.name;
  }

  /// Returns a problem with its data. Does not read a problem again that has not changed.
  async function awaitedOf(listed: Problem): Promise<Awaited> {
    const known = copy.value?.value.find((one) => one.problem.id === listed.id);
    if (known?.problem.version === listed.version) return known;
    const whole = await readProblem(listed.id);
    return {
      problem: whole.ok ? whole.value : listed,
      place: await placeOf(listed.region),
      leadUnit: await nameOf(listed.lead_unit),
    };
  }

  async function load() {
    copy.value = await copyOf<Awaited[]>(copyName());
    const page = await listProblems({
      state: "awaiting_visit",
      mine: true,
      sort: "due",
      limit: most,
    });
    fresh.value = page.ok;
    if (!page.ok) return;
    total.value = page.value.total;
    const awaited: Awaited[] = [];
    for (const listed of page.value.items) awaited.push(await awaitedOf(listed));
    copy.value = await keepCopy(copyName(), awaited);
  }

  return { copy, total, fresh, load };
});
