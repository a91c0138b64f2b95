import { useEffect, useRef } from 'preact/hooks';

const SIDE = 280;
const PEN = 20;

/** A black square to draw on in white, by mouse, pen or finger. */
export function DrawingPad({
  label,
  cleared,
  onDrawn,
}: {
  readonly label: string;
  readonly cleared: number;
  readonly onDrawn: (canvas: HTMLCanvasElement) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    context.fillStyle = '#000';
    context.fillRect(0, 0, SIDE, SIDE);
  }, [cleared]);
  const placeOf = (event: PointerEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    return [((event.clientX - box.left) * SIDE) / box.width, ((event.clientY - box.top) * SIDE) / box.height] as const;
  };
  const begin = (event: PointerEvent) => {
    canvas.current!.setPointerCapture(event.pointerId);
    const context = canvas.current!.getContext('2d')!;
    Object.assign(context, { strokeStyle: '#fff', lineWidth: PEN, lineCap: 'round', lineJoin: 'round' });
    context.beginPath();
    context.moveTo(...placeOf(event));
    context.lineTo(...placeOf(event));
    context.stroke();
  };
  const go = (event: PointerEvent) => {
    if (event.buttons === 0) return;
    const context = canvas.current!.getContext('2d')!;
    context.lineTo(...placeOf(event));
    context.stroke();
  };
  return (
    <canvas
      ref={canvas}
      class="pad"
      width={SIDE}
      height={SIDE}
      role="img"
      aria-label={label}
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={() => onDrawn(canvas.current!)}
    />
  );
}
