import type { Sound } from '@polygan/audio';

const HEADER = 44;

/** A sound as a WAV file of 16-bit PCM; what is beyond ±1 is clipped. */
export function encodeWav({ sampleRate, channels }: Sound): ArrayBuffer {
  const [first] = channels;
  const bytes = first!.length * channels.length * 2;
  const view = new DataView(new ArrayBuffer(HEADER + bytes));
  const word = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  };
  word(0, 'RIFF');
  view.setUint32(4, HEADER - 8 + bytes, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels.length, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels.length * 2, true);
  view.setUint16(32, channels.length * 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, bytes, true);
  let at = HEADER;
  for (let i = 0; i < first!.length; i++) {
    for (const samples of channels) {
      view.setInt16(at, Math.round(Math.min(1, Math.max(-1, samples[i]!)) * 32_767), true);
      at += 2;
    }
  }
  return view.buffer as ArrayBuffer;
}
