/**
 * Makes the charts of a page zoom together: by the two sliders, or by dragging across a chart; and tells the values under the pointer. Each chart is as
 * `lineChart` writes it; without this script it shows all steps.
 */
export const CHART_SCRIPT = `
const charts = [...document.querySelectorAll('.chart')].map((figure) => {
  const plot = figure.querySelector('.plot');
  const { left, right, low, high } = Object.fromEntries(Object.entries(plot.dataset).map(([key, value]) => [key, Number(value)]));
  const [width, height] = [plot.width.baseVal.value, plot.height.baseVal.value];
  const lines = [...plot.querySelectorAll('path, circle')].map((line) => (line.getAttribute('d') ?? 'M' + line.getAttribute('cx') + ' ' + line.getAttribute('cy'))
    .slice(1).split('L').map((point) => point.split(' ').map(Number)));
  const values = [...figure.querySelectorAll('.value')];
  return { figure, plot, left, right, low, high, width, height, lines, values, newest: values.map((value) => value.textContent) };
});
const zoom = document.querySelector('.zoom');
if (zoom && charts.length > 0) {
  const [from, to] = zoom.querySelectorAll('input');
  const whole = { from: Math.min(...charts.map(({ left }) => left)), to: Math.max(...charts.map(({ right }) => right)) };
  let shown = whole;
  const read = (value) => Number.isInteger(value) ? value.toLocaleString('en')
    : Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en')
    : Math.abs(value) < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  const ticks = (low, high, count) => {
    const rough = (high - low || 1) / count;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
    const first = Math.ceil(low / step - 1e-9);
    return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  };
  const element = (name, attributes, text) => {
    const made = document.createElementNS(document.querySelector('svg').namespaceURI, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const draw = (chart) => {
    const { figure, plot, left, right, low, high, width, height, lines } = chart;
    const at = (step) => ((step - left) / (right - left || 1)) * width;
    const [a, b] = [at(shown.from), at(shown.to)];
    const seen = lines.flatMap((line) => line.filter(([x], i) => (line[i + 1] ?? line[i])[0] >= a && (line[i - 1] ?? line[i])[0] <= b).map(([, y]) => y));
    const isWhole = shown.from <= left && shown.to >= right;
    let [top, bottom] = isWhole || seen.length === 0 ? [0, height] : [Math.min(...seen), Math.max(...seen)];
    const room = isWhole ? 0 : Math.max((bottom - top) * 0.06, height * 0.005);
    [top, bottom] = [top - room, bottom + room];
    const [across, down] = [width / (b - a || 1), height / (bottom - top || 1)];
    plot.querySelector('g').setAttribute('transform', 'matrix(' + [across, 0, 0, down, -a * across, -top * down].join(' ') + ')');
    for (const text of plot.querySelectorAll('text.mark')) {
      text.style.display = isWhole ? '' : 'none';
      const [x, y] = [text.getAttribute('x'), text.getAttribute('y')];
      text.setAttribute('transform', 'translate(' + x + ' ' + y + ') scale(' + 1 / across + ' ' + 1 / down + ') translate(' + -x + ' ' + -y + ')');
    }
    const value = (y) => high - (y / height) * (high - low);
    const [x0, y0] = [plot.x.baseVal.value, plot.y.baseVal.value];
    figure.querySelector('.steps').replaceChildren(...ticks(shown.from, shown.to, 5).map((step) =>
      element('text', { x: x0 + ((at(step) - a) * across), y: y0 + height + 20 }, read(step))));
    figure.querySelector('.rows').replaceChildren(...ticks(value(bottom), value(top), 5).flatMap((y) => {
      const place = y0 + (((high - y) / (high - low)) * height - top) * down;
      return [element('line', { class: 'grid', x1: x0, x2: x0 + width, y1: place, y2: place }), element('text', { x: x0 - 6, y: place + 4 }, read(y))];
    }));
  };
  const show = (start, end) => {
    const least = (whole.to - whole.from) / 200 || 1;
    shown = { from: Math.max(whole.from, Math.min(start, whole.to - least)), to: Math.min(whole.to, Math.max(end, start + least)) };
    const share = (step) => Math.round(((step - whole.from) / (whole.to - whole.from || 1)) * 200);
    [from.value, to.value] = [share(shown.from), share(shown.to)];
    for (const [slider, step] of [[from, shown.from], [to, shown.to]]) {
      slider.setAttribute('aria-valuetext', 'step ' + Math.round(step));
      slider.nextElementSibling.textContent = Math.round(step).toLocaleString('en');
    }
    zoom.querySelector('button').disabled = shown.from === whole.from && shown.to === whole.to;
    charts.forEach(draw);
  };
  const step = (slider) => whole.from + (Number(slider.value) / 200) * (whole.to - whole.from);
  from.addEventListener('input', () => show(Math.min(step(from), shown.to - 1), shown.to));
  to.addEventListener('input', () => show(shown.from, Math.max(step(to), shown.from + 1)));
  zoom.querySelector('button').addEventListener('click', () => { show(whole.from, whole.to); from.focus(); });
  for (const chart of charts) {
    const outer = chart.plot.ownerSVGElement;
    const stepAt = (event) => {
      const box = outer.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * outer.viewBox.baseVal.width - chart.plot.x.baseVal.value;
      return shown.from + Math.min(1, Math.max(0, x / chart.width)) * (shown.to - shown.from);
    };
    let begun;
    const selection = element('rect', { class: 'selection', y: chart.plot.y.baseVal.value, height: chart.height, width: 0 });
    outer.append(selection);
    const place = (value) => chart.plot.x.baseVal.value + ((value - shown.from) / (shown.to - shown.from)) * chart.width;
    outer.addEventListener('pointerdown', (event) => { begun = stepAt(event); });
    outer.addEventListener('pointermove', (event) => {
      const now = stepAt(event);
      const x = ((now - chart.left) / (chart.right - chart.left || 1)) * chart.width;
      chart.lines.forEach((line, i) => {
        const [, y] = line.reduce((best, point) => Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best);
        chart.values[i].textContent = read(chart.high - (y / chart.height) * (chart.high - chart.low));
      });
      if (begun === undefined) return;
      if (event.buttons === 0 && event.pointerType === 'mouse') { begun = undefined; return selection.setAttribute('width', 0); }
      const [a, b] = [place(begun), place(now)].sort((p, q) => p - q);
      selection.setAttribute('x', a);
      selection.setAttribute('width', b - a);
    });
    outer.addEventListener('pointerup', (event) => {
      const [a, b] = [begun ?? 0, stepAt(event)].sort((p, q) => p - q);
      selection.setAttribute('width', 0);
      if (begun !== undefined && place(b) - place(a) > 8) show(a, b);
      begun = undefined;
    });
    outer.addEventListener('pointercancel', () => { begun = undefined; selection.setAttribute('width', 0); });
    outer.addEventListener('pointerleave', () => chart.values.forEach((value, i) => { value.textContent = chart.newest[i]; }));
    outer.addEventListener('dblclick', () => show(whole.from, whole.to));
  }
  zoom.hidden = false;
  show(whole.from, whole.to);
}
`;
