"""PyTorch's side of parity/dcgan.ts: repeats the recorded steps in double precision and prints how far losses and weights lie apart.

    python torch_dcgan_steps.py TRAINING.json
"""
import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).parent.parent / 'quality'))
from torch_dcgan import LATENT, discriminator, generator  # noqa: E402

BASE = 7


def recorded_weights(network, recorded):
    """The recorded weights in PyTorch's layout: channels first, outputs before inputs (inputs before outputs where transposed)."""
    for parameter, weight in zip(network.parameters(), recorded, strict=True):
        value = torch.tensor(weight['values']).reshape(weight['shape'])
        if value.ndim == 4:
            value = value.permute(3, 2, 0, 1)
        elif value.ndim == 2 and value.shape[0] == LATENT:
            # The projection's outputs are a map with channels last.
            value = value.reshape(LATENT, BASE, BASE, -1).permute(3, 1, 2, 0).reshape(-1, LATENT)
        elif value.ndim == 2:
            value = value.reshape(BASE, BASE, -1, 1).permute(3, 2, 0, 1).reshape(1, -1)
        assert value.shape == parameter.shape, (value.shape, parameter.shape)
        yield value


def load(network, recorded):
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), recorded_weights(network, recorded)):
            parameter.copy_(value)


def distance(network, recorded):
    """The largest difference over the largest weight, of any parameter."""
    pairs = zip(network.parameters(), recorded_weights(network, recorded))
    return max(((value - p).abs().max() / p.abs().max()).item() for p, value in pairs)


def main():
    torch.set_default_dtype(torch.float64)
    run = json.loads(Path(sys.argv[1]).read_text())
    G, D = generator(run['width']), discriminator(run['width'])
    load(G, run['before']['generator'])
    load(D, run['before']['discriminator'])
    optimizer_g = torch.optim.Adam(G.parameters(), 2e-4, (0.5, 0.999))
    optimizer_d = torch.optim.Adam(D.parameters(), 2e-4, (0.5, 0.999))

    print('step  discriminator: PyTorch, here   generator: PyTorch, here')
    for step, (real, latent, losses) in enumerate(zip(run['reals'], run['latents'], run['losses'])):
        real = torch.tensor(real).reshape(-1, 1, run['size'], run['size'])
        fake = G(torch.tensor(latent).reshape(-1, LATENT))
        loss_d = F.softplus(-D(real)).mean() + F.softplus(D(fake.detach())).mean()
        optimizer_d.zero_grad()
        loss_d.backward()
        optimizer_d.step()
        loss_g = F.softplus(-D(fake)).mean()
        optimizer_g.zero_grad()
        loss_g.backward()
        optimizer_g.step()
        print(f"{step + 1:4}  {loss_d.item():.6f} {losses['discriminator']:.6f}   {loss_g.item():.6f} {losses['generator']:.6f}")
        for loss, name in ((loss_d, 'discriminator'), (loss_g, 'generator')):
            assert abs(loss.item() - losses[name]) < 1e-4, f'the losses of the {name} part'
    print(f"largest relative difference of a weight: generator {distance(G, run['after']['generator']):.1e}, "
          f"discriminator {distance(D, run['after']['discriminator']):.1e}")


if __name__ == '__main__':
    main()
