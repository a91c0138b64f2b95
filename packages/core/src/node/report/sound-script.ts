/** Plays one sound of many: each is a button over its place in the picture, and a stretch of the one sound file below it. */
export const SOUND_SCRIPT = `
for (const sounds of document.querySelectorAll('.sounds')) {
  const audio = sounds.querySelector('audio');
  let playing, timer;
  const stop = () => {
    clearTimeout(timer);
    audio.pause();
    playing?.classList.remove('playing');
    playing = undefined;
  };
  const start = async (button) => {
    stop();
    playing = button;
    button.classList.add('playing');
    const { from, to } = button.dataset;
    if (audio.readyState === 0) {
      const known = new Promise((resolve) => audio.addEventListener('loadedmetadata', resolve, { once: true }));
      audio.load();
      await known;
    }
    audio.currentTime = Number(from);
    await audio.play().catch(() => {});
    timer = setTimeout(stop, (to - from) * 1000);
  };
  sounds.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button === playing) stop();
    else if (button) start(button);
  });
  for (const button of sounds.querySelectorAll('button')) button.hidden = false;
}
`;
