/** Channels of a sound as one (their mean) or as two: one channel goes to both sides, of more than two the first two are left and right. */
export function mixChannels(channels: readonly Float32Array[], wanted: 1 | 2): readonly Float32Array[] {
  if (channels.length === wanted) return channels;
  if (wanted === 2) return channels.length === 1 ? [channels[0]!, channels[0]!] : channels.slice(0, 2);
  const mixed = new Float32Array(channels[0]!.length);
  for (const samples of channels) for (let i = 0; i < mixed.length; i++) mixed[i]! += samples[i]! / channels.length;
  return [mixed];
}
