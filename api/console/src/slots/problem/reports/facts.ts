// Facts of a report, as typed.

import type { Photo } from "@/attachments/photos";
import { tooLong } from "@/forms/length";

export interface Facts {
  title: string;
  description: string;
  category: string;
  region: string;
  round: number | "";
  photos: Photo[];
}

export const noFacts = (): Facts => ({
  title: "",
  description: "",
  category: "",
  region: "",
  round: "",
  photos: [],
});
export const mostTitle = 200;
export const mostDescription = 5000;

export const isComplete = (facts: Facts) =>
  facts.title.trim() !== "" &&
  facts.description.trim() !== "" &&
  !tooLong(facts.title, mostTitle) &&
  !tooLong(facts.description, mostDescription) &&
  facts.category !== "" &&
  facts.region !== "";
