/**
 * A file that Python's safetensors 0.8.0 wrote (`safetensors.numpy.save`, with metadata): an oracle of 7 tokens, embeddings of 3, 4 units, weights from
 * `numpy.random.default_rng(20)`. In base64.
 */
export const ORACLE_FILE = [
  'sAMAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJieSI6Im51bXB5In0sImJjIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOls0XSwiZGF0YV9vZmZzZXRzIjpbMCwx',
  'Nl19LCJiZiI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbNF0sImRhdGFfb2Zmc2V0cyI6WzE2LDMyXX0sImJpIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOls0',
  'XSwiZGF0YV9vZmZzZXRzIjpbMzIsNDhdfSwiYm8iOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzRdLCJkYXRhX29mZnNldHMiOls0OCw2NF19LCJlbWJlZGRp',
  'bmciOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzcsM10sImRhdGFfb2Zmc2V0cyI6WzY0LDE0OF19LCJvdXRwdXRfYmlhcyI6eyJkdHlwZSI6IkYzMiIsInNo',
  'YXBlIjpbN10sImRhdGFfb2Zmc2V0cyI6WzE0OCwxNzZdfSwib3V0cHV0X2tlcm5lbCI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbNCw3XSwiZGF0YV9vZmZz',
  'ZXRzIjpbMTc2LDI4OF19LCJ1YyI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbNCw0XSwiZGF0YV9vZmZzZXRzIjpbMjg4LDM1Ml19LCJ1ZiI6eyJkdHlwZSI6',
  'IkYzMiIsInNoYXBlIjpbNCw0XSwiZGF0YV9vZmZzZXRzIjpbMzUyLDQxNl19LCJ1aSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbNCw0XSwiZGF0YV9vZmZz',
  'ZXRzIjpbNDE2LDQ4MF19LCJ1byI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbNCw0XSwiZGF0YV9vZmZzZXRzIjpbNDgwLDU0NF19LCJ3YyI6eyJkdHlwZSI6',
  'IkYzMiIsInNoYXBlIjpbMyw0XSwiZGF0YV9vZmZzZXRzIjpbNTQ0LDU5Ml19LCJ3ZiI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMyw0XSwiZGF0YV9vZmZz',
  'ZXRzIjpbNTkyLDY0MF19LCJ3aSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMyw0XSwiZGF0YV9vZmZzZXRzIjpbNjQwLDY4OF19LCJ3byI6eyJkdHlwZSI6',
  'IkYzMiIsInNoYXBlIjpbMyw0XSwiZGF0YV9vZmZzZXRzIjpbNjg4LDczNl19fSAgICAgIDW/mr7DYIG/mpWRv2F/e7+7IA4/mnFEPlJ1H786JvO/2L43v593',
  'GD96rX0/xDMtPpnpK74pBks/46Awv5Zj0793Jri+BxKaP5PMsj+/bKI+ZgnUPkam+r7RA2q/CX5mvzGZf79e4G0/WpJmvZhbAz4a1SO/mD2Lv6LZmb8UcVe/',
  'VmIZP6gPlzz53em+ZgV1vu2ytr9cGsM+2lMFP7lcSD9JiIi+9y1WvwhluL/qB8o9u/4NP6tStb+FOLu/GUCTPuI5OL+nV50/v/h1v7Lz+L4Bj0a/diYUwMYY',
  'sj65+TE/7IJ0P535QL4R9yo/Vzkevqz9wL2XPU2/+bEhvsuDcb8ChBk/Ecwsv13Zhb+srdy9tgRxvYVK2L/tCom/avkVv/q3qr5nTuS+Gk/uvwyx0D8Q5iu/',
  '0gEKPjVRab4SLuk+ri0RP7S3gr83frk+TjqKvlYvYr8DBaY/HNuWP4eGZ79bFi4/+U4hPjcIKcDS3ya/BDNhv//Shz/PrPw9ibCYPnKKeD67/am/iV77v5gn',
  'aj3pNZa+/XtpvA1dKr5jmf++HNsYwM58JT8uZsw/7YnfPiceOb/4CR2/HV0pwJi28z6EZMA/BnEmP4CLPsChGdq+ZKbSvR+R9761QIQ/uETfvzhSEcC4L5g+',
  'znJjP1cNHkBpEyu/R/X6PsVF7b3qkxfAmOa/PnG9pL5tYaO/MwrYP1D4Hb95EfA+AuaHvi1vN7+G7+U/W/TgPn+Ddb8tyLu9fUrIv7SEhb1GUlw/O0P3vxP2',
  'XT+HwU4/fjKLvrvf0T1hE4c/+SoFPxiWh78MkqU/cnMBv5m20L9BRuA+EDroP1iMdT8vUX8/xTZDPqTCHcABh50/gLObv4WYLT0zxAhAtEYjwEAXtL/MRDm/',
  'oLLuPRGB278b7XC+KeHovF6dLj4DwyXAI2m4v23sHL5ASmk/zgXXvmJeLT8WlZQ/Y1EYQG76kj4TSb8/Rv9vPuuLnr8=',
].join('');

/** Rows, and the log-probability of each token by the formulas of SeqGAN's target_lstm.py in NumPy, double precision. */
export const ORACLE_ROWS = [
  [3, 1, 4, 1, 5],
  [6, 0, 2, 2, 6],
];
export const ORACLE_LOG_PROBABILITIES = [
  -2.392486, -1.466018, -2.637982, -1.420944, -3.935347, -2.016455, -2.534921, -0.734293, -0.578872, -2.358617,
];
