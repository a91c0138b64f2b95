"""The PyTorch side of one case, in a process of its own. Speaks the protocol of peer.ts.

    python torch_peers.py CASE --threads N --batch N --width N

Each case does the same work as the file of that name in cases/. The networks follow DCGAN (1511.06434),
WaveGAN (1802.04208) and SeqGAN (1609.05473), written as a PyTorch user would.
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
# Of WaveGAN, in samples; of SeqGAN, in tokens.
WAVE_LENGTH = 8192
VOCABULARY, ROW_LENGTH = 5000, 20


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


class WaveGenerator(nn.Module):
    """From 8 steps of 16 times the width, five transposed convolutions of stride 4."""

    def __init__(self, width):
        super().__init__()
        self.widest = 16 * width
        self.start = nn.Linear(LATENT, WAVE_LENGTH // 1024 * self.widest)
        widths = [16 * width, 8 * width, 4 * width, 2 * width, width, 1]
        self.layers = nn.ModuleList(nn.ConvTranspose1d(a, b, 25, 4, 11, output_padding=1) for a, b in zip(widths, widths[1:]))

    def forward(self, points):
        x = F.relu(self.start(points)).view(len(points), self.widest, -1)
        for layer in self.layers[:-1]:
            x = F.relu(layer(x))
        return torch.tanh(self.layers[-1](x))


class WaveCritic(nn.Module):
    """Five convolutions of stride 4, with a phase shuffle of at most 2 between them."""

    def __init__(self, width):
        super().__init__()
        widths = [1, width, 2 * width, 4 * width, 8 * width, 16 * width]
        self.layers = nn.ModuleList(nn.Conv1d(a, b, 25, 4, 11) for a, b in zip(widths, widths[1:]))
        self.score = nn.Linear(widths[-1] * WAVE_LENGTH // 1024, 1)

    def forward(self, x):
        for number, layer in enumerate(self.layers):
            x = F.leaky_relu(layer(x), 0.2)
            if number < len(self.layers) - 1:
                x = self.shuffled(x)
        return self.score(x.flatten(1))

    @staticmethod
    def shuffled(x):
        """Each sound moved by a number of its own; the ends are filled up by reflection."""
        last = x.shape[-1] - 1
        places = (torch.arange(last + 1) - torch.randint(-2, 3, (len(x), 1))).abs()
        places = torch.minimum(places, 2 * last - places)
        return x.gather(2, places[:, None].expand(x.shape))


def uniform_points(batch):
    return torch.rand(batch, LATENT) * 2 - 1


def wavegan_training(batch, width):
    """One critic update under WGAN-GP and one generator update; both losses are read. The generator is judged by the critic's points."""
    G, D = WaveGenerator(width), WaveCritic(width)
    optimizer_g = torch.optim.Adam(G.parameters(), 1e-4, (0.5, 0.9))
    optimizer_d = torch.optim.Adam(D.parameters(), 1e-4, (0.5, 0.9))
    sounds = torch.rand(4 * batch, 1, WAVE_LENGTH) * 2 - 1

    def step():
        real = sounds[torch.randperm(len(sounds))[:batch]]
        fake = G(uniform_points(batch))
        judged = fake.detach()
        share = torch.rand(batch, 1, 1)
        between = (judged + share * (real - judged)).requires_grad_()
        slopes, = torch.autograd.grad(D(between).sum(), between, create_graph=True)
        penalty = (slopes.flatten(1).norm(dim=1) - 1).square().mean()
        loss_d = D(judged).mean() - D(real).mean() + 10 * penalty
        optimizer_d.zero_grad()
        loss_d.backward()
        optimizer_d.step()
        loss_g = -D(fake).mean()
        optimizer_g.zero_grad()
        loss_g.backward()
        optimizer_g.step()
        return loss_d.item(), loss_g.item()
    return step


def wavegan_sampling(batch, width):
    G = WaveGenerator(width).eval()

    @torch.no_grad()
    def step():
        return G(uniform_points(batch)).numpy()
    return step


class TokenGenerator(nn.Module):
    """An LSTM over embeddings of the same size; token 0 is read before the first one."""

    def __init__(self, width):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, width)
        self.cell = nn.LSTMCell(width, width)
        self.out = nn.Linear(width, VOCABULARY)

    def start(self, rows):
        zeros = torch.zeros(rows, self.cell.hidden_size)
        return zeros, zeros

    def logits(self, rows):
        read = self.embedding(F.pad(rows[:, :-1], (1, 0)))
        state, outputs = self.start(len(rows)), []
        for place in range(ROW_LENGTH):
            state = self.cell(read[:, place], state)
            outputs.append(state[0])
        return self.out(torch.stack(outputs, 1))

    @torch.no_grad()
    def complete(self, begun, state, last):
        """Goes on with rows up to their full length. `state` is that before the last token is read."""
        rows = list(begun)
        while len(rows) < ROW_LENGTH:
            state = self.cell(self.embedding(last), state)
            last = torch.multinomial(F.softmax(self.out(state[0]), -1), 1)[:, 0]
            rows.append(last)
        return torch.stack(rows, 1)

    def sample(self, count):
        return self.complete([], self.start(count), torch.zeros(count, dtype=torch.long))


class TokenDiscriminator(nn.Module):
    """Convolutions of many widths, the greatest value of each filter, one highway layer, two classes (1609.05473)."""

    FILTERS = {1: 100, 2: 200, 3: 200, 4: 200, 5: 200, 6: 100, 7: 100, 8: 100, 9: 100, 10: 100, 15: 160, 20: 160}

    def __init__(self):
        super().__init__()
        features = sum(self.FILTERS.values())
        self.embedding = nn.Embedding(VOCABULARY, 64)
        self.convolutions = nn.ModuleList(nn.Conv1d(64, count, width) for width, count in self.FILTERS.items())
        self.gate, self.through = nn.Linear(features, features), nn.Linear(features, features)
        self.out = nn.Linear(features, 2)

    def forward(self, rows):
        read = self.embedding(rows).transpose(1, 2)
        x = torch.cat([F.relu(layer(read)).amax(-1) for layer in self.convolutions], 1)
        gate = torch.sigmoid(self.gate(x))
        x = gate * F.relu(self.through(x)) + (1 - gate) * x
        return self.out(F.dropout(x, 0.25, self.training))


def likelihood_training(batch, width):
    """One step of maximum likelihood; the loss is read."""
    G = TokenGenerator(width)
    optimizer = torch.optim.Adam(G.parameters(), 1e-2)

    def step():
        rows = torch.randint(VOCABULARY, (batch, ROW_LENGTH))
        loss = F.cross_entropy(G.logits(rows).flatten(0, 1), rows.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(G.parameters(), 5.0)
        optimizer.step()
        return loss.item()
    return step


def adversarial_training(batch, width, roll_outs=16):
    """One update by policy gradient, each token rewarded by what 16 completions are worth, and one of the discriminator."""
    G, D = TokenGenerator(width), TokenDiscriminator()
    optimizer_g = torch.optim.Adam(G.parameters(), 1e-2)
    optimizer_d = torch.optim.Adam(D.parameters(), 1e-4)

    def realness(rows):
        return F.softmax(D(rows), -1)[:, 1]

    @torch.no_grad()
    def rewards(rows):
        D.eval()
        state, last, worth = G.start(batch), torch.zeros(batch, dtype=torch.long), []
        for given in range(1, ROW_LENGTH):
            state, last = G.cell(G.embedding(last), state), rows[:, given - 1]
            begun = rows[:, :given].repeat(roll_outs, 1).unbind(1)
            full = G.complete(begun, tuple(part.repeat(roll_outs, 1) for part in state), begun[-1])
            worth.append(realness(full).view(roll_outs, batch).mean(0))
        return torch.stack(worth + [realness(rows)], 1)

    def step():
        rows = G.sample(batch)
        worth = rewards(rows)
        chosen = F.log_softmax(G.logits(rows), -1).gather(2, rows[..., None])[..., 0]
        loss_g = -(chosen * worth).sum()
        optimizer_g.zero_grad()
        loss_g.backward()
        nn.utils.clip_grad_norm_(G.parameters(), 5.0)
        optimizer_g.step()
        D.train()
        judged = torch.cat([torch.randint(VOCABULARY, (batch, ROW_LENGTH)), G.sample(batch)])
        classes = torch.arange(2 * batch) < batch
        loss_d = F.cross_entropy(D(judged), classes.long()) + 0.1 * (D.out.weight.square().sum() + D.out.bias.square().sum())
        optimizer_d.zero_grad()
        loss_d.backward()
        optimizer_d.step()
        return loss_g.item(), loss_d.item()
    return step


def token_sampling(batch, width):
    G = TokenGenerator(width)
    return lambda: G.sample(batch).numpy()


CASES = {
    'dcgan32': lambda o: dcgan_training(32, o.batch, o.width),
    'dcgan64': lambda o: dcgan_training(64, o.batch, o.width),
    'wavegan': lambda o: wavegan_training(o.batch, o.width),
    'seqgan-mle': lambda o: likelihood_training(o.batch, o.width),
    'seqgan-adv': lambda o: adversarial_training(o.batch, o.width),
    'sample-dcgan32': lambda o: dcgan_sampling(32, o.batch, o.width),
    'sample-wavegan': lambda o: wavegan_sampling(o.batch, o.width),
    'sample-seqgan': lambda o: token_sampling(o.batch, o.width),
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
