// Photos taken on site: scaled down before they are stored and sent, which also removes place and
// device.

export interface Photo {
  id: string;
  name: string;
  blob: Blob;
}

export const mostPhotos = 9;
const longestSide = 1600;
const quality = 0.8;

const blobOf = (canvas: HTMLCanvasElement) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));

/// Returns null if this browser cannot read the file as an image.
export async function photoOf(file: File): Promise<Photo | null> {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!image) return null;
  const scale = Math.min(1, longestSide / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const blob = await blobOf(canvas);
  const name = `${file.name.replace(/\.[^.]*$/, "") || "photo"}.jpg`;
  return blob && { id: `${Date.now()}.${Math.random()}`, name, blob };
}
