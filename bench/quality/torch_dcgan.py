"""A PyTorch DCGAN for Fashion-MNIST: the peer that polygan's DCGAN is scored against (quality/fashion-mnist.ts).

    python torch_dcgan.py --data /usr/share/datasets/fashion-mnist --out samples.npy [--steps 3000] [--seed 0]

Reads the training pictures (train-images-idx3-ubyte.gz), trains on the CPU, and writes `--count` samples as uint8 [n, 28, 28, 1].
With --ema-half-life, the generator whose weights are a moving average is sampled too, into the same name ending in -ema.npy.

DCGAN (Radford et al., 1511.06434) at 28 x 28 x 1: latent 100 normal, width 64, batch 64, Adam 2e-4 (0.5, 0.999), N(0, 0.02) weights,
non-saturating loss, one discriminator and one generator step each.
"""
import argparse
import copy
import gzip
import json
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

LATENT = 100


def generator(width):
    return nn.Sequential(
        nn.Linear(LATENT, 7 * 7 * 2 * width, bias=False), nn.Unflatten(1, (2 * width, 7, 7)), nn.BatchNorm2d(2 * width), nn.ReLU(),
        nn.ConvTranspose2d(2 * width, width, 4, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(),
        nn.ConvTranspose2d(width, 1, 4, 2, 1, bias=False), nn.Tanh())


def discriminator(width):
    return nn.Sequential(
        nn.Conv2d(1, width, 4, 2, 1, bias=False), nn.LeakyReLU(0.2),
        nn.Conv2d(width, 2 * width, 4, 2, 1, bias=False), nn.BatchNorm2d(2 * width), nn.LeakyReLU(0.2),
        nn.Flatten(), nn.Linear(7 * 7 * 2 * width, 1))


def initialise(module):
    """N(0, 0.02) for every kernel, N(1, 0.02) for the gains of batch normalisation, biases 0."""
    if isinstance(module, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
        nn.init.normal_(module.weight, 0.0, 0.02)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1.0, 0.02)


def read_pictures(directory):
    with gzip.open(Path(directory) / 'train-images-idx3-ubyte.gz') as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16)
    return torch.from_numpy(pixels.reshape(-1, 1, 28, 28).astype(np.float32) / 127.5 - 1)


def shuffled_batches(pictures, batch):
    """Endless batches; each epoch in a new order, the last incomplete batch dropped."""
    while True:
        order = torch.randperm(len(pictures))
        for start in range(0, len(order) - batch + 1, batch):
            yield pictures[order[start:start + batch]]


@torch.no_grad()
def update_average(average, model, decay):
    for a, w in zip(average.parameters(), model.parameters()):
        a.lerp_(w, 1 - decay)
    for a, w in zip(average.buffers(), model.buffers()):
        if a.is_floating_point():
            a.lerp_(w, 1 - decay)
        else:
            a.copy_(w)


@torch.no_grad()
def write_samples(path, model, count, seed):
    """Samples in evaluation mode (moments of batch normalisation as accumulated in training)."""
    random = torch.Generator().manual_seed(seed)
    model.eval()
    latents = torch.randn(count, LATENT, generator=random)
    pictures = torch.cat([model(part) for part in latents.split(250)])
    bytes_ = ((pictures + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)
    np.save(path, bytes_.numpy())
    model.train()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True, help='directory with train-images-idx3-ubyte.gz')
    parser.add_argument('--out', required=True, help='the .npy file to write')
    parser.add_argument('--steps', type=int, default=3000)
    parser.add_argument('--batch', type=int, default=64)
    parser.add_argument('--width', type=int, default=64)
    parser.add_argument('--count', type=int, default=10000, help='samples to write')
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--ema-half-life', type=float, default=0, help='in samples seen; 0: no moving average')
    parser.add_argument('--ema-start', type=float, default=0, help='samples seen before which the average equals the weights')
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    G, D = generator(options.width), discriminator(options.width)
    G.apply(initialise)
    D.apply(initialise)
    average = copy.deepcopy(G)
    optimizer_g = torch.optim.Adam(G.parameters(), 2e-4, (0.5, 0.999))
    optimizer_d = torch.optim.Adam(D.parameters(), 2e-4, (0.5, 0.999))
    data = shuffled_batches(read_pictures(options.data), options.batch)

    started = time.perf_counter()
    for step in range(1, options.steps + 1):
        real, fake = next(data), G(torch.randn(options.batch, LATENT))
        # -log D(x) - log(1 - D(G(z))), then -log D(G(z)); D gives logits.
        loss_d = F.softplus(-D(real)).mean() + F.softplus(D(fake.detach())).mean()
        optimizer_d.zero_grad()
        loss_d.backward()
        optimizer_d.step()

        loss_g = F.softplus(-D(fake)).mean()
        optimizer_g.zero_grad()
        loss_g.backward()
        optimizer_g.step()

        if options.ema_half_life:
            before_start = step * options.batch <= options.ema_start
            update_average(average, G, 0 if before_start else 0.5 ** (options.batch / options.ema_half_life))
        if step % 100 == 0:
            print(f'step {step}  D {loss_d.item():.3f}  G {loss_g.item():.3f}  {time.perf_counter() - started:.1f} s', flush=True)
    seconds = time.perf_counter() - started

    out = Path(options.out)
    write_samples(out, G, options.count, options.seed + 1)
    if options.ema_half_life:
        write_samples(out.with_name(f'{out.stem}-ema.npy'), average, options.count, options.seed + 1)
    print(json.dumps({'torch': torch.__version__, 'seconds': round(seconds, 1), **vars(options)}))


if __name__ == '__main__':
    main()
