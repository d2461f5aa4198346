// Pages without network. Files have the hash of their content in their names, so cached ones stay
// valid; the start page comes from the server whenever it answers. No data of the API is cached
// here.

const files = writtenByTheBuild; // vite.config.ts
const patienceMs = 4_000;
const cacheName = `banjie-${files
  .join()
  .split("")
  .reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)}`;

async function install() {
  const cache = await caches.open(cacheName);
  await cache.addAll(files); // those that the page has fetched already come from the browser's own
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
  await self.clients.claim();
}

async function startPage(request) {
  const answer = await fetch(request, { signal: AbortSignal.timeout(patienceMs) }).catch(
    () => null,
  );
  return answer ?? (await caches.match("/")) ?? Response.error();
}

async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(cacheName)).put(request, answer.clone());
  return answer;
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (
    method !== "GET" ||
    origin !== location.origin ||
    /^\/(api|docs|openapi\.json)\b/.test(pathname)
  )
    return;
  if (mode === "navigate") event.respondWith(startPage(event.request));
  else if (pathname.startsWith("/assets/") || files.includes(pathname))
    event.respondWith(file(event.request));
});
