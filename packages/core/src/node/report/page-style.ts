/** Looks of the page, for light and dark, wide and narrow. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fbfbfa; --raised: #fff; --ink: #1c1d21; --quiet: #62656d; --rule: #e2e3e6; --accent: #3b5bdb; --warn: #fff4d6; --warn-rule: #e0a800;
  --c0: #3b5bdb; --c1: #d9480f; --c2: #2b8a3e; --c3: #9c36b5; --c4: #0b7285; --c5: #a61e4d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #16171a; --raised: #1f2125; --ink: #e9eaec; --quiet: #a0a4ad; --rule: #34373d; --accent: #91a7ff; --warn: #322a14; --warn-rule: #c99a1c;
    --c0: #91a7ff; --c1: #ff922b; --c2: #69db7c; --c3: #e599f7; --c4: #66d9e8; --c5: #faa2c1;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 75rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
p { margin: .4rem 0; max-width: 48rem; }
.brand { color: var(--accent); font-weight: 600; margin: 0; }
.note, figcaption, small { color: var(--quiet); font-size: .85rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .6rem; margin: 1.2rem 0 0; }
.facts div { background: var(--raised); border: 1px solid var(--rule); border-radius: .5rem; padding: .5rem .8rem; }
.facts dt { color: var(--quiet); font-size: .85rem; }
.facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.warnings { background: var(--warn); border-left: 4px solid var(--warn-rule); padding: .2rem 1rem .6rem; margin-top: 1.5rem; }
.warnings h2 { margin-top: .6rem; }
.warnings ul { margin: 0; padding-left: 1.2rem; }
figure { margin: 0; }
#samples figure { margin: 1rem 0; }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
#samples .beside figcaption { display: block; margin-bottom: .4rem; }
.sounds audio { width: min(100%, 46rem); margin-top: .4rem; }
.places { position: relative; width: min(100%, 46rem); }
#samples .places img, .exhibit .places img { width: 100%; }
.places button { position: absolute; padding: 0; border: 2px solid transparent; border-radius: .3rem; background: none; cursor: pointer; }
.places button:hover { border-color: #fffa; }
.places button:focus-visible, .places .playing { border-color: #fff; outline: 2px solid var(--accent); }
.places .playing { background: #ffffff2e; }
.moving #samples > figure > figcaption { display: none; }
#samples img, .exhibit img { display: block; width: min(100%, 46rem); height: auto; image-rendering: pixelated; border-radius: .3rem; }
.slider { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: center; }
.slider label { min-width: 10rem; font-variant-numeric: tabular-nums; }
.slider input { flex: 1 1 16rem; max-width: 35rem; min-height: 2rem; accent-color: var(--accent); }
html:not(.moving) .slider { display: none; }
.zoom { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; align-items: center; margin: .4rem 0 .8rem; }
.zoom[hidden] { display: none; }
.zoom label { display: flex; flex: 1 1 14rem; max-width: 24rem; gap: .5rem; align-items: center; white-space: nowrap; font-size: .9rem; }
.zoom input { flex: 1; min-width: 5rem; min-height: 2rem; accent-color: var(--accent); }
.zoom output { min-width: 3.5rem; font-variant-numeric: tabular-nums; }
button, input, audio, pre, summary, .scroll { outline-offset: 2px; }
.zoom button { font: inherit; font-size: .9rem; min-height: 2rem; padding: .2rem .8rem; color: inherit; background: var(--raised); border: 1px solid var(--rule); border-radius: .4rem; cursor: pointer; }
.zoom button:disabled { color: var(--quiet); cursor: default; }
.chart > svg { touch-action: pan-y; cursor: crosshair; user-select: none; }
svg .selection { fill: var(--accent); opacity: .25; pointer-events: none; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; }
.chart { background: var(--raised); border: 1px solid var(--rule); border-radius: .5rem; padding: .7rem .8rem .4rem; min-width: 0; }
.chart figcaption { color: var(--ink); font-size: .9rem; margin-bottom: .3rem; }
.key { margin-left: .8rem; white-space: nowrap; color: var(--quiet); }
.key i { display: inline-block; width: .7em; height: .7em; border-radius: 50%; background: var(--line); margin-right: .35em; }
.key span { color: var(--ink); font-variant-numeric: tabular-nums; }
.chart > svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--quiet); font: 12px system-ui, sans-serif; }
svg .grid { stroke: var(--rule); }
svg line.mark { stroke: var(--rule); stroke-dasharray: 3 3; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
svg path { fill: none; stroke: var(--line); stroke-width: 1.7; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
svg circle { fill: var(--line); }
.line-0 { --line: var(--c0); } .line-1 { --line: var(--c1); } .line-2 { --line: var(--c2); }
.line-3 { --line: var(--c3); } .line-4 { --line: var(--c4); } .line-5 { --line: var(--c5); }
svg .line-1 { stroke-dasharray: 7 2; } svg .line-2 { stroke-dasharray: 2 2; } svg .line-3 { stroke-dasharray: 9 2 2 2; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; max-width: 60rem; }
th, td { text-align: right; padding: .45rem .6rem; border-bottom: 1px solid var(--rule); font-variant-numeric: tabular-nums; vertical-align: top; }
td { white-space: nowrap; }
th:first-child { text-align: left; min-width: 12rem; }
@media (max-width: 34rem) { svg text { font-size: 19px; } }
@media (max-width: 34rem) { th, td { padding: .45rem .25rem; font-size: .85rem; } th:first-child { min-width: 8rem; } }
th small { display: block; font-weight: 400; }
pre { background: var(--raised); border: 1px solid var(--rule); border-radius: .4rem; padding: .6rem .8rem; overflow-x: auto; font-size: .9rem; margin: .5rem 0; }
table.sides { width: auto; min-width: min(100%, 24rem); }
table.sides td { white-space: normal; overflow-wrap: anywhere; }
@media (max-width: 34rem) { table.sides th { overflow-wrap: anywhere; } table.sides th { min-width: 3.5rem; } table.sides th:first-child { min-width: 5.5rem; } }
summary { cursor: pointer; padding: .3rem 0; }
`;
