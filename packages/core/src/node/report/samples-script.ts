/** What moves in the page: the slider shows the samples of one step. Without it the page shows the samples of all steps. */
export const SAMPLES_SCRIPT = `
const slider = document.getElementById('step');
if (slider) {
  const figures = [...document.querySelectorAll('#samples > figure')];
  const output = document.querySelector('#samples output');
  const show = () => {
    figures.forEach((figure, i) => { figure.hidden = i !== Number(slider.value); });
    const step = Number(figures[slider.value].dataset.step);
    output.textContent = step.toLocaleString('en');
    slider.setAttribute('aria-valuetext', step + ' steps');
  };
  document.documentElement.classList.add('moving');
  slider.addEventListener('input', show);
  show();
}
`;
