import { type Sound, spectrogramPicture, waveformPicture } from '@polygan/audio';
import { useEffect, useState } from 'preact/hooks';
import { PictureCanvas } from './picture-canvas.js';
import { playSound } from './play-sound.js';

/** What a sound looks like, and a button that plays it. */
export function SoundView({ sound, label, large }: { readonly sound: Sound; readonly label: string; readonly large: boolean }) {
  const [plays, setPlays] = useState(false);
  const [spectrogram, setSpectrogram] = useState<Awaited<ReturnType<typeof spectrogramPicture>>>();
  useEffect(() => {
    let isWanted = true;
    if (large) spectrogramPicture(sound, { width: 256, height: 96 }).then((picture) => isWanted && setSpectrogram(picture));
    return () => {
      isWanted = false;
    };
  }, [sound, large]);
  const play = async () => {
    setPlays(true);
    await playSound(sound);
    setPlays(false);
  };
  return (
    <button type="button" class={`sound${plays ? ' plays' : ''}`} aria-label={`Play ${label}`} onClick={play}>
      <PictureCanvas picture={waveformPicture(sound, { width: large ? 256 : 96, height: large ? 48 : 32 })} label="waveform" />
      {large && spectrogram && <PictureCanvas picture={spectrogram} label="spectrogram" />}
      <span class="play" aria-hidden="true">
        {plays ? '♪' : '▶'}
      </span>
    </button>
  );
}
