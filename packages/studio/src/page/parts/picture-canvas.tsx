import type { Picture } from '@polygan/image';
import { useEffect, useRef } from 'preact/hooks';

/** A picture, each of its pixels a square. Without a label it is an ornament of what is labelled around it. */
export function PictureCanvas({ picture, label }: { readonly picture: Picture; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => paint(canvas.current!, picture), [picture]);
  const spoken = label === '' ? ({ 'aria-hidden': true } as const) : ({ role: 'img', 'aria-label': label } as const);
  return <canvas ref={canvas} class="picture" width={picture.width} height={picture.height} {...spoken} />;
}

/** Paints a picture of 1, 3 or 4 channels into a canvas of its size. */
export function paint(canvas: HTMLCanvasElement, { width, height, channels, data }: Picture): void {
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel * channels;
    for (let c = 0; c < 3; c++) image.data[4 * pixel + c] = data[from + (channels === 1 ? 0 : c)]!;
    image.data[4 * pixel + 3] = channels === 4 ? data[from + 3]! : 255;
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}
