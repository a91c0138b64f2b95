"""The PyTorch side of one case, in a process of its own. Speaks the protocol of peer.ts.

    python torch_peers.py CASE --threads N --batch N --width N

Each case does the same work as the file of that name in cases/. The networks follow DCGAN (1511.06434), written as a PyTorch user would.
"""
import argparse
import json
import resource
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F

LATENT = 100


def dcgan_networks(size, width, channels=3):
    """From a 4 x 4 map, as many doublings as the size needs."""
    widths = [width]
    while 8 * widths[-1] // width < size:
        widths.append(2 * widths[-1])
    *_, widest = widths

    generator = [nn.ConvTranspose2d(LATENT, widest, 4, 1, 0, bias=False), nn.BatchNorm2d(widest), nn.ReLU(True)]
    for inner, outer in zip(widths[:0:-1], widths[-2::-1]):
        generator += [nn.ConvTranspose2d(inner, outer, 4, 2, 1, bias=False), nn.BatchNorm2d(outer), nn.ReLU(True)]
    generator += [nn.ConvTranspose2d(width, channels, 4, 2, 1, bias=False), nn.Tanh()]

    discriminator = [nn.Conv2d(channels, width, 4, 2, 1, bias=False), nn.LeakyReLU(0.2, True)]
    for outer, inner in zip(widths, widths[1:]):
        discriminator += [nn.Conv2d(outer, inner, 4, 2, 1, bias=False), nn.BatchNorm2d(inner), nn.LeakyReLU(0.2, True)]
    discriminator += [nn.Conv2d(widest, 1, 4, 1, 0, bias=False), nn.Flatten()]
    return nn.Sequential(*generator), nn.Sequential(*discriminator)


def dcgan_training(size, batch, width):
    """One discriminator and one generator update under the non-saturating loss; both losses are read."""
    G, D = dcgan_networks(size, width)
    optimizer_g = torch.optim.Adam(G.parameters(), 2e-4, (0.5, 0.999))
    optimizer_d = torch.optim.Adam(D.parameters(), 2e-4, (0.5, 0.999))
    pictures = torch.rand(4 * batch, 3, size, size) * 2 - 1

    def step():
        real = pictures[torch.randperm(len(pictures))[:batch]]
        fake = G(torch.randn(batch, LATENT, 1, 1))
        loss_d = F.softplus(-D(real)).mean() + F.softplus(D(fake.detach())).mean()
        optimizer_d.zero_grad()
        loss_d.backward()
        optimizer_d.step()
        loss_g = F.softplus(-D(fake)).mean()
        optimizer_g.zero_grad()
        loss_g.backward()
        optimizer_g.step()
        return loss_d.item(), loss_g.item()
    return step


def dcgan_sampling(size, batch, width):
    G, _ = dcgan_networks(size, width)
    G.eval()

    @torch.no_grad()
    def step():
        return G(torch.randn(batch, LATENT, 1, 1)).numpy()
    return step


CASES = {
    'dcgan32': lambda o: dcgan_training(32, o.batch, o.width),
    'dcgan64': lambda o: dcgan_training(64, o.batch, o.width),
    'sample-dcgan32': lambda o: dcgan_sampling(32, o.batch, o.width),
}


def tell(**message):
    print(json.dumps(message), flush=True)


def timed(step):
    started = time.perf_counter()
    step()
    return (time.perf_counter() - started) * 1e3


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('case', choices=CASES)
    for option in ('--threads', '--batch', '--width'):
        parser.add_argument(option, type=int, required=True)
    options = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    step = CASES[options.case](options)
    tell(firstMs=timed(step), version=torch.__version__)

    for line in sys.stdin:
        milliseconds = json.loads(line)['milliseconds']
        times, began = [], time.perf_counter()
        while (time.perf_counter() - began) * 1e3 < milliseconds:
            times.append(timed(step))
        # Linux gives kilobytes, macOS bytes.
        unit = 2 ** 20 if sys.platform == 'darwin' else 2 ** 10
        tell(times=times, peakMemoryMB=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)


if __name__ == '__main__':
    main()
