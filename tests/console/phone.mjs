// A phone that was used before: its pages open without network.

import { connect, createServer } from "node:net";

/// The phone's own way to the server. When a browser is told to be offline, its service worker is
/// not: so the line is cut, too.
export async function openLine(base) {
  const { hostname, port } = new URL(base);
  const ends = new Set();
  let whole = true;
  const line = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const [one, other] of [[near, far], [far, near]]) {
      ends.add(one);
      one.on("error", () => undefined);
      one.on("close", () => (ends.delete(one), other.destroy()));
      one.pipe(other);
    }
  });
  await new Promise((listening) => line.listen(0, "127.0.0.1", listening));
  return {
    base: `http://127.0.0.1:${line.address().port}`,
    async cut(page) {
      whole = false;
      for (const end of ends) end.destroy();
      await page.context().setOffline(true);
    },
    async mend(page) {
      whole = true;
      await page.context().setOffline(false);
    },
    async close() {
      for (const end of ends) end.destroy();
      await new Promise((closed) => line.close(closed));
    },
  };
}

/// Waits until the service worker has put the pages by.
export async function putBy(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller)
      await new Promise((resolve) => setTimeout(resolve, 100));
  });
}

/// A photo as cameras take them, larger than what is sent.
export async function photo(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [3000, 2000];
    const brush = canvas.getContext("2d");
    for (let at = 0; at < 3000; at += 50)
      ((brush.fillStyle = `hsl(${at % 360} 70% 50%)`), brush.fillRect(at, 0, 50, 2000));
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.95));
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  return { name: "路面.jpg", mimeType: "image/jpeg", buffer: Buffer.from(bytes) };
}

export async function takePhoto(page) {
  await page.locator("input[capture]").setInputFiles(await photo(page));
  await page.locator(".photos li img").first().waitFor();
}
