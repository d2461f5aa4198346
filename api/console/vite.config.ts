import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import vue from "@vitejs/plugin-vue";
import { ElementPlusResolver } from "unplugin-vue-components/resolvers";
import components from "unplugin-vue-components/vite";
import { defineConfig, type Plugin } from "vite";

// The server compresses nothing: each text that gains by it is laid beside its original as .gz.
const compressed: Plugin = {
  name: "compressed",
  writeBundle({ dir = "" }, bundle) {
    for (const file of Object.values(bundle)) {
      const source = file.type === "chunk" ? file.code : file.source;
      if (source.length < 1000 || !/\.(js|css|svg|html)$/.test(file.fileName)) continue;
      writeFileSync(join(dir, `${file.fileName}.gz`), gzipSync(source, { level: 9 }));
    }
  },
};

export default defineConfig({
  plugins: [vue(), components({ dts: false, dirs: [], resolvers: [ElementPlusResolver()] }), compressed],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  define: { __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  build: {
    outDir: process.env.BANJIE_CONSOLE_FOLDER ?? "../../build/release/console",
    emptyOutDir: true,
    target: "es2020",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  // `npx vite` in this folder serves the pages while they are written; the API is a server of one's own.
  server: { proxy: { "/api": { target: process.env.BANJIE_SERVER ?? "http://127.0.0.1:8080", ws: true } } },
});
