"""One random stream per stage, so that a change in one stage leaves the others as they were."""

import zlib

import numpy as np

from simulation.master import SEED


def stream(stage: str) -> np.random.Generator:
    """The seeded generator of a stage; the name of the stage is part of the seed."""
    return np.random.Generator(np.random.PCG64([SEED, zlib.crc32(stage.encode())]))
