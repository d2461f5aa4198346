// The icons of the menu, by the names that routes give.

import {
  Bell, Calendar, CircleCheck, DataAnalysis, DataLine, Document, EditPen, Files, Finished, Key, List, Location, Lock,
  MessageBox, Memo, OfficeBuilding, Operation, Promotion, Setting, Timer, TrendCharts, User, Warning,
} from "@element-plus/icons-vue";
import type { Component } from "vue";

export const icons: Record<string, Component> = {
  account: User, approve: CircleCheck, audit: Files, bell: Bell, briefing: Memo, calendar: Calendar,
  consultation: MessageBox, document: Document, key: Key, leaders: DataAnalysis, line: DataLine, list: List, lock: Lock,
  organisation: OfficeBuilding, policy: Operation, press: Warning, report: EditPen, rounds: Timer, screen: Finished,
  send: Promotion, settings: Setting, trend: TrendCharts, visit: Location, work: Finished,
};
