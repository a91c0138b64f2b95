import type { Picture, PictureChannels } from '@polygan/image';

/** A picture as a model sees it: squeezed into its square, in its colours. */
export function fitPicture(
  source: CanvasImageSource & { width: number; height: number },
  size: number,
  channels: PictureChannels,
): Picture {
  return pictureOf(source, [0, 0, source.width, source.height], [0, 0, size, size], size, channels);
}

/** How much of its square a drawn thing fills: as handwritten digits are kept (MNIST: 20 of 28 pixels). */
const FILLED = 20 / 28;

/** A drawing, white on black, brought to the size and the place that handwritten digits have; undefined where nothing was drawn. */
export function fitDrawing(canvas: HTMLCanvasElement, size: number, channels: PictureChannels): Picture | undefined {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[4 * (y * width + x)]! < 64) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  if (right < 0) return undefined;
  const [wide, high] = [right - left + 1, bottom - top + 1];
  const scale = (size * FILLED) / Math.max(wide, high);
  const place = [(size - wide * scale) / 2, (size - high * scale) / 2, wide * scale, high * scale] as const;
  return pictureOf(canvas, [left, top, wide, high], place, size, channels);
}

type Box = readonly [x: number, y: number, width: number, height: number];

function pictureOf(source: CanvasImageSource, from: Box, to: Box, size: number, channels: PictureChannels): Picture {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d')!;
  if (channels !== 4) context.fillRect(0, 0, size, size);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, ...from, ...to);
  const pixels = context.getImageData(0, 0, size, size).data;
  const data = new Uint8ClampedArray(size * size * channels);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const [red, green, blue, opacity] = pixels.subarray(4 * pixel, 4 * pixel + 4) as unknown as [number, number, number, number];
    // Brightness as eyes weigh the colours (ITU-R BT.601).
    if (channels === 1) data[pixel] = 0.299 * red + 0.587 * green + 0.114 * blue;
    else data.set([red, green, blue, opacity].slice(0, channels), channels * pixel);
  }
  return { width: size, height: size, channels, data };
}
