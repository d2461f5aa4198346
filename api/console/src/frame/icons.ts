// The icons of the menu, by the names that routes give.

import {
  CircleCheck,
  CircleClose,
  DataAnalysis,
  EditPen,
  Filter,
  Finished,
  List,
  Location,
  MessageBox,
  Promotion,
  Timer,
  Warning,
} from "@element-plus/icons-vue";
import type { Component } from "vue";

export const icons: Record<string, Component> = {
  approve: CircleCheck,
  close: CircleClose,
  consultation: MessageBox,
  list: List,
  overview: DataAnalysis,
  press: Warning,
  report: EditPen,
  rounds: Timer,
  screen: Filter,
  send: Promotion,
  visit: Location,
  work: Finished,
};
