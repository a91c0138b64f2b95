import { useRef, useState } from 'preact/hooks';

/** Longer than any sound that models hear. */
const LONGEST_MS = 10_000;

/** Records from the microphone, when it is told to and until it is told to stop. */
export function useRecorder(onRecorded: (sound: Blob) => void, onProblem: (message: string) => void) {
  const [isRecording, setIsRecording] = useState(false);
  const recorder = useRef<MediaRecorder>();
  const start = async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const pieces: Blob[] = [];
      const running = new MediaRecorder(stream);
      recorder.current = running;
      running.addEventListener('dataavailable', ({ data }) => pieces.push(data));
      running.addEventListener('stop', () => {
        for (const track of stream.getTracks()) track.stop();
        setIsRecording(false);
        onRecorded(new Blob(pieces, { type: running.mimeType }));
      });
      running.start();
      setIsRecording(true);
      setTimeout(() => running.state === 'recording' && running.stop(), LONGEST_MS);
    } catch {
      onProblem('There is no microphone that this page may use.');
    }
  };
  return { isRecording, start, stop: () => recorder.current?.stop() };
}
