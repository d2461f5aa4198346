import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import vue from "@vitejs/plugin-vue";
import { ElementPlusResolver } from "unplugin-vue-components/resolvers";
import components from "unplugin-vue-components/vite";
import type { ComponentResolverObject } from "unplugin-vue-components";
import { defineConfig, type Plugin } from "vite";

// A component of Element Plus, with the texts that all of them share.
const element = ElementPlusResolver().find((one) => one.type === "component")!;
const elementWithTexts: ComponentResolverObject = {
  type: "component",
  async resolve(name) {
    const found = await element.resolve(name);
    return typeof found === "object" && found !== null
      ? { ...found, sideEffects: [found.sideEffects ?? [], "@/texts/element"].flat() }
      : found;
  },
};

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

// Files that are fetched in one piece: what starts, and what every page needs, with all that it imports.
const atFirst = /\/console\/index\.html$|\/src\/(main|frame\/painted|.*routes|slots\/\w+|slots\/\w+\/queues|workflows\/slots|texts\/languages)\.ts|vite\/preload-helper/;
const everyPage = /\/src\/(application|offline\/\w+|organisations\/organisations|instances\/instance|calendar\/working_days|texts\/refusals|workflows\/\w+)\.ts|\/src\/frame\/PageHeader\.vue/;
const reporting = /\/src\/(slots\/\w+\/reports\/(ReportPage|FactFields|Similar\w+|ToSupplement|facts)|offline\/OutboxList|forms\/(TextControl|length))\.(vue|ts)|forms\/fields\.css/;
const pieces = { start: atFirst, application: everyPage, reporting };

// What every page needs is named in index.html, so that it does not wait for what asks for it.
const ahead: Plugin = {
  name: "ahead",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle = {} }) {
      const program = Object.values(bundle).find((file) => file.type === "chunk" && file.name === "application");
      if (program?.type !== "chunk") return;
      return [{ tag: "link", attrs: { rel: "modulepreload", href: `/${program.fileName}`, crossorigin: true } }];
    },
  },
};

const neededOffline = /\/src\/(application\.ts|(slots\/\w+\/(visits|reports)|texts|frame|session|notifications)\/)/;

// The service worker, with the files that a follow-up team and a reporter need without network.
const offline: Plugin = {
  name: "offline",
  generateBundle(_options, bundle) {
    const needed = new Set<string>();
    const need = (name: string) => {
      const file = bundle[name];
      if (needed.has(name) || file?.type !== "chunk") return;
      needed.add(name);
      file.imports.forEach(need);
      file.viteMetadata?.importedCss.forEach((style) => needed.add(style));
    };
    for (const [name, file] of Object.entries(bundle))
      if (file.type === "chunk" && (file.isEntry || neededOffline.test(file.facadeModuleId ?? ""))) need(name);
    const files = ["/", "/icon.svg", "/manifest.webmanifest", ...[...needed].sort().map((name) => `/${name}`)];
    const worker = readFileSync(new URL("src/offline/service_worker.js", import.meta.url), "utf8");
    this.emitFile({
      type: "asset", fileName: "service_worker.js", source: worker.replace("writtenByTheBuild", JSON.stringify(files)),
    });
  },
};

export default defineConfig({
  plugins: [vue(), components({ dts: false, dirs: [], resolvers: [elementWithTexts] }), ahead, offline, compressed],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  define: { __VUE_OPTIONS_API__: false, __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  build: {
    outDir: process.env.BANJIE_CONSOLE_FOLDER ?? "../../build/release/console",
    emptyOutDir: true,
    target: "es2020",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: { manualChunks: (id) => Object.entries(pieces).find(([, files]) => files.test(id))?.[0] },
    },
  },
  // `npx vite` in this folder serves the pages while they are written; the API is a server of one's own.
  server: { proxy: { "/api": { target: process.env.BANJIE_SERVER ?? "http://127.0.0.1:8080", ws: true } } },
});
