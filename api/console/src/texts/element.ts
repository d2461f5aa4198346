// The texts of Element Plus. Loaded with its first component (see vite.config.ts), so that pages
// without one do not load them.

import { localeContextKey } from "element-plus/es/hooks/use-locale/index";
import en from "element-plus/es/locale/lang/en";
import zh from "element-plus/es/locale/lang/zh-cn";
import { computed } from "vue";

import { application } from "@/application";
import { language } from ".";

application.provide(
  localeContextKey,
  computed(() => (language() === "zh" ? zh : en)),
);
